import { type KeyboardEvent, useId, useLayoutEffect, useRef, useState } from 'react'
import { Avatar } from '../messages/avatar.tsx'
import { SendIcon } from '../messages/icons.tsx'
import { usePage } from '../page-context.ts'
import { useAttachments } from './attachments.tsx'
import { explainCommand, type Suggestion, suggest } from './suggest.ts'
import { SuggestionList } from './suggestion-list.tsx'
import { useDraft } from './use-draft.ts'
import { useFocusOnArrival } from './use-focus-on-arrival.ts'
import { useHistory } from './use-history.ts'
import { useSending } from './use-sending.ts'

/** Where one types: Enter sends, Shift+Enter breaks the line, arrows bring back what was said before. */
export function Composer({
  channel,
  thread,
  label,
}: {
  readonly channel: string
  readonly thread?: string
  readonly label: string
}) {
  const { state, commands } = usePage()
  const box = useRef<HTMLTextAreaElement>(null)
  const listId = useId()
  const [text, setText] = useDraft(`${state.person}/${channel}/${thread ?? ''}`, thread !== undefined, box)
  const [caret, setCaret] = useState(text.length)
  const [chosen, setChosen] = useState(0)
  const [closedAt, setClosedAt] = useState('')
  const history = useHistory(state.person)
  const me = state.users.find((one) => one.id === state.person)?.name ?? ''
  useFocusOnArrival(box)
  const { send, sending, failure } = useSending(channel, thread, setText)
  const attachments = useAttachments()

  const before = text.slice(0, caret)
  const { from, list } = closedAt === before && before !== '' ? { from: 0, list: [] } : suggest(before, commands, state)
  const open = list.length > 0 && !history.isBack()
  const explained = open ? undefined : explainCommand(text, commands, state.bot.name)
  const nextCaret = useRef<number>(undefined)
  useLayoutEffect(() => {
    if (nextCaret.current === undefined) return
    box.current?.setSelectionRange(nextCaret.current, nextCaret.current)
    nextCaret.current = undefined
  })
  const write = (words: string, at = words.length) => {
    nextCaret.current = at
    setText(words)
    setCaret(at)
    setChosen(0)
  }
  const take = ({ insert }: Suggestion) => write(text.slice(0, from) + insert + text.slice(caret), from + insert.length)
  // Enter sends what needs nothing more.
  const isWhole = ({ insert }: Suggestion) => before.slice(from) === insert.trimEnd() && caret === text.length
  const submit = () => {
    const words = text.trim()
    if (words === '') return
    history.remember(words)
    write('')
    void send(words, attachments.take())
  }
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing) return
    const { key } = event
    const picked = open ? list[Math.min(chosen, list.length - 1)] : undefined
    const done = () => event.preventDefault()
    if (picked && (key === 'ArrowDown' || key === 'ArrowUp')) {
      done()
      setChosen((chosen + (key === 'ArrowDown' ? 1 : list.length - 1)) % list.length)
    } else if (picked && (key === 'Tab' || (key === 'Enter' && !isWhole(picked))) && !event.shiftKey) {
      done()
      take(picked)
    } else if (picked && key === 'Escape') {
      done()
      setClosedAt(before)
    } else if (key === 'Escape' && text !== '') {
      // Would close the thread under the hands of somebody who is writing.
      done()
    } else if (key === 'Enter' && !event.shiftKey) {
      done()
      submit()
    } else if (key === 'ArrowUp' && (text === '' || history.isBack())) {
      done()
      write(history.recall(true))
    } else if (key === 'ArrowDown' && history.isBack()) {
      done()
      write(history.recall(false))
    }
  }
  return (
    <form
      className="composer"
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      {open ? (
        <SuggestionList id={listId} list={list} chosen={Math.min(chosen, list.length - 1)} onTake={take} />
      ) : null}
      {explained ? (
        <p className="explained">
          <code>
            {explained.usage.startsWith(explained.name) ? explained.usage : `${explained.name} ${explained.usage}`}
          </code>{' '}
          {explained.summary}
        </p>
      ) : null}
      {attachments.list}
      <div className="composer-box">
        <span className="composer-face" title={`You write as ${me}`}>
          <Avatar name={me} id={state.person} size={24} />
        </span>
        <textarea
          ref={box}
          className="composer-text"
          rows={1}
          value={text}
          aria-label={label}
          placeholder={label}
          aria-autocomplete="list"
          aria-controls={open ? listId : undefined}
          aria-activedescendant={open ? `${listId}-${Math.min(chosen, list.length - 1)}` : undefined}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          enterKeyHint="send"
          onChange={(event) => {
            history.reset()
            setText(event.target.value)
            setCaret(event.target.selectionStart)
            setChosen(0)
          }}
          onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
          onKeyDown={onKeyDown}
        />
        {attachments.button}
        <button type="submit" className="send-button" aria-label="Send" disabled={text.trim() === ''}>
          <SendIcon />
        </button>
      </div>
      <p className={failure ? 'composer-line composer-failure' : 'composer-line'} role="status">
        {failure || (sending ? `Sending ${sending} …` : '')}
      </p>
    </form>
  )
}
