import { useId, useLayoutEffect, useRef, useSyncExternalStore } from 'react'
import { Text } from '../blocks/mrkdwn.tsx'
import { usePage } from '../page-context.ts'
import { currentQuestion, type Question, watchQuestions } from './ask-confirmation.ts'

/** Shows what `askConfirmation` asks. Escape is a no; the focus begins on the way back. */
export function ConfirmDialog() {
  const question = useSyncExternalStore(watchQuestions, currentQuestion, currentQuestion)
  return question ? <OneQuestion key={question.number} question={question} /> : null
}

function OneQuestion({ question }: { readonly question: Question }) {
  const { theme } = usePage()
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  // Before the dialog leaves the page, because only one that is still there gives the focus back.
  useLayoutEffect(() => {
    const shown = dialog.current
    if (shown && !shown.open) shown.showModal()
    return () => shown?.close()
  }, [])
  const { of, answer } = question
  return (
    <dialog
      ref={dialog}
      className="dialog confirm"
      data-theme={theme}
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-text`}
      onClose={() => answer(false)}
    >
      <h2 id={`${id}-title`}>{of.title?.text ?? 'Are you sure?'}</h2>
      <p id={`${id}-text`}>
        <Text of={of.text} />
      </p>
      <div className="dialog-buttons">
        <button type="button" className="press" onClick={() => answer(false)}>
          {of.deny?.text ?? 'Cancel'}
        </button>
        <button type="button" className={`press ${of.style ?? 'primary'}`} onClick={() => answer(true)}>
          {of.confirm?.text ?? 'Yes'}
        </button>
      </div>
    </dialog>
  )
}
