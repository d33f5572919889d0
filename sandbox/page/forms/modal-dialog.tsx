import type { InputBlock } from '@slack/types'
import { type FormEvent, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { PageView } from '../../slack/page/wire.ts'
import { BlockList } from '../blocks/block-list.tsx'
import type { Held } from '../blocks/hold.ts'
import { type Form, FormSlot } from '../blocks/use-element.ts'
import { usePage } from '../page-context.ts'
import { checkValues, collectValues, writeValues } from './check-values.ts'
import './forms.css'

/** What was typed, by view and block: a view that others were pushed upon keeps it until the last one is closed. */
type Typed = Readonly<Record<string, Readonly<Record<string, Held>>>>

/** The modal on top of this person's stack, or nothing. */
export function ModalDialog() {
  const { state } = usePage()
  const [typed, setTyped] = useState<Typed>({})
  const { modal } = state
  // Nothing of a closed stack may come back in the next one.
  if (!modal && Object.keys(typed).length > 0) setTyped({})
  if (!modal) return null
  const hold = (block: string, held: Held) =>
    setTyped((before) => ({ ...before, [modal.id]: { ...before[modal.id], [block]: held } }))
  return <OpenModal key={modal.id} view={modal} typed={typed[modal.id] ?? {}} hold={hold} />
}

function OpenModal({
  view,
  typed,
  hold,
}: {
  readonly view: PageView
  readonly typed: Readonly<Record<string, Held>>
  readonly hold: (block: string, held: Held) => void
}) {
  const { theme, actions, state } = usePage()
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  const [own, setOwn] = useState<Readonly<Record<string, string>>>()
  const [sending, setSending] = useState(false)
  const [failure, setFailure] = useState<string>()
  const errors = own ?? view.errors
  const here = useRef(true)
  // Before the dialog leaves the page, because only one that is still there gives the focus back.
  useLayoutEffect(() => {
    const shown = dialog.current
    here.current = true
    if (shown && !shown.open) shown.showModal()
    focusField(shown, '[data-focus]') || focusField(shown, '[data-block]')
    return () => {
      here.current = false
      shown?.close()
    }
  }, [])
  useEffect(() => {
    if (errors && Object.keys(errors).length > 0) focusField(dialog.current, '.wrong')
  }, [errors])

  const form = useMemo<Form>(
    () => ({ held: (block) => typed[block], hold, error: (block) => errors?.[block] }),
    [typed, hold, errors],
  )
  const close = () => void actions.closeModal().then((answer) => setFailure(answer.error))
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (sending) return
    const inputs = view.blocks.filter((block) => block.type === 'input') as unknown as readonly InputBlock[]
    const values = collectValues(inputs, form.held)
    const wrong = checkValues(inputs, values)
    const isWrong = Object.keys(wrong).length > 0
    setOwn(isWrong ? wrong : undefined)
    setFailure(undefined)
    if (isWrong) return
    setSending(true)
    try {
      const answer = await actions.submit(writeValues(values))
      setFailure(answer.error ?? answer.notice)
    } catch {
      setFailure('We had some trouble connecting. Try again?')
    } finally {
      setSending(false)
    }
  }
  return (
    <dialog
      ref={dialog}
      className="dialog modal"
      data-theme={theme}
      aria-labelledby={`${id}-title`}
      onCancel={(event) => {
        event.preventDefault()
        close()
      }}
      // Browsers let nobody be held by a dialog that refuses to be cancelled twice.
      onClose={() => here.current && close()}
    >
      <form onSubmit={submit} noValidate>
        <header className="dialog-head">
          <h2 id={`${id}-title`}>{view.title?.text ?? state.bot.name}</h2>
          <button type="button" className="press icon" aria-label="Close" onClick={close}>
            ✕
          </button>
        </header>
        <div className="dialog-body">
          <FormSlot value={form}>
            <BlockList blocks={view.blocks} source={view.id} />
          </FormSlot>
        </div>
        <footer className="dialog-foot">
          {failure ? (
            <p className="failure" role="alert">
              {failure}
            </p>
          ) : null}
          <div className="dialog-buttons">
            <button type="button" className="press" onClick={close}>
              {view.close?.text ?? 'Cancel'}
            </button>
            {view.submit ? (
              <button
                type="submit"
                className="press primary"
                aria-busy={sending || undefined}
                aria-disabled={sending || undefined}
              >
                <span className="press-words">{view.submit.text}</span>
                {sending ? <span className="spinner" /> : null}
              </button>
            ) : null}
          </div>
        </footer>
      </form>
    </dialog>
  )
}

/** Puts the focus into the first field within such a box; false where there is none. */
function focusField(dialog: HTMLElement | null, boxes: string): boolean {
  const field = [...(dialog?.querySelectorAll(boxes) ?? [])]
    .map((box) => box.querySelector<HTMLElement>('input, select, textarea'))
    .find((one) => one !== null)
  field?.focus()
  return field !== undefined
}
