import type { Checkboxes, Option, RadioButtons } from '@slack/types'
import { useId } from 'react'
import { Text } from '../mrkdwn.tsx'
import type { ElementUse } from '../use-element.ts'

/** Radio buttons or checkboxes, each with its description. */
export function PickElement({
  element,
  use,
  label,
  describedBy,
}: {
  readonly element: Checkboxes | RadioButtons
  readonly use: ElementUse
  readonly label: string
  readonly describedBy?: string | undefined
}) {
  const group = useId()
  const many = element.type === 'checkboxes'
  const field = many ? 'selected_options' : 'selected_option'
  const held = use.held[field]
  const chosen = (Array.isArray(held) ? held : held ? [held] : []) as readonly Option[]
  const isChosen = (option: Option) => chosen.some((one) => keyOf(one) === keyOf(option))
  const change = (option: Option, on: boolean) => {
    if (!many) return use.hold({ selected_option: option })
    const rest = chosen.filter((one) => keyOf(one) !== keyOf(option))
    use.hold({ selected_options: on ? [...rest, option] : rest })
  }
  return (
    <fieldset className="picks" aria-label={label} aria-describedby={describedBy} disabled={use.pending}>
      {element.options.map((option) => (
        <label key={keyOf(option)} className="choice">
          <input
            type={many ? 'checkbox' : 'radio'}
            name={group}
            checked={isChosen(option)}
            onChange={(event) => change(option, event.target.checked)}
          />
          <span>
            <Text of={option.text} />
            {option.description ? (
              <span className="choice-more">
                <Text of={option.description} />
              </span>
            ) : null}
          </span>
        </label>
      ))}
    </fieldset>
  )
}

function keyOf(option: Option): string {
  return option.value ?? option.text.text
}
