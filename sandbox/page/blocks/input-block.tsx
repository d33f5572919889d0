import type { InputBlock } from '@slack/types'
import { useContext, useId } from 'react'
import { Failure } from './elements/button.tsx'
import { Control, isControl } from './elements/control.tsx'
import { Text } from './mrkdwn.tsx'
import { Unsupported } from './unsupported.tsx'
import { FormSlot, useElement } from './use-element.ts'

/** Elements that are a group of controls: their label is a legend, not a label of one of them. */
const grouped = /^(radio_buttons|checkboxes|multi_)/

/** A labelled input with its hint, and below it what is wrong with its content. */
export function Input({ block, source }: { readonly block: InputBlock; readonly source: string }) {
  const id = useId()
  const form = useContext(FormSlot)
  const { element, label, hint, optional } = block
  const use = useElement(
    element,
    { source, block: block.block_id },
    block.dispatch_action && reportsEachChange(element) ? 'each change' : 'when told',
  )
  const error = form?.error(block.block_id ?? '')
  if (!isControl(element)) return <Unsupported type={(element as { type: string }).type} />
  const describedBy = [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter((one) => one !== '').join(' ')
  const words = (
    <>
      <Text of={label} />
      {optional ? <span className="optional"> (optional)</span> : null}
    </>
  )
  return (
    <div
      className={`input${error ? ' wrong' : ''}`}
      data-block={block.block_id}
      data-focus={('focus_on_load' in element && element.focus_on_load) || undefined}
    >
      {grouped.test(element.type) ? (
        <span className="input-label">{words}</span>
      ) : (
        <label className="input-label" htmlFor={id}>
          {words}
        </label>
      )}
      <Control
        element={element}
        use={use}
        id={grouped.test(element.type) ? undefined : id}
        label={label.text}
        describedBy={describedBy === '' ? undefined : describedBy}
        invalid={error !== undefined}
      />
      {hint ? (
        <div className="hint" id={`${id}-hint`}>
          <Text of={hint} />
        </div>
      ) : null}
      {error ? (
        <div className="failure" id={`${id}-error`} role="alert">
          {error}
        </div>
      ) : null}
      <Failure text={use.failure} />
    </div>
  )
}

/** Text reports when Enter is pressed unless it asks for each character; anything else when it changes. */
function reportsEachChange(element: InputBlock['element']): boolean {
  if (!('dispatch_action_config' in element) && !/_input$/.test(element.type)) return true
  const when = 'dispatch_action_config' in element ? element.dispatch_action_config?.trigger_actions_on : undefined
  return when?.includes('on_character_entered') === true
}
