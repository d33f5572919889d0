import { useRef, useState } from 'react'
import type { StoryHint } from '../../slack/page/wire.ts'
import { usePage } from '../page-context.ts'

/** The failed migrations to choose from, each with a button that begins it anew. */
export function Stories({
  stories,
  busy,
  begun,
}: {
  readonly stories: readonly StoryHint[]
  readonly busy: boolean
  /** Its story is known by now, and the patient wants the room. */
  readonly begun: boolean
}) {
  const [asked, setAsked] = useState<StoryHint | null>(null)
  const [unfolded, unfold] = useState(false)
  const chosen = stories.find((one) => one.chosen)
  return (
    <section className="panel-part" aria-labelledby="panel-story">
      <h2 id="panel-story">{chosen?.title ?? 'What happened'}</h2>
      {chosen && !begun && <p className="panel-story-text">{chosen.story}</p>}
      <details className="panel-stories" open={unfolded} onToggle={(event) => unfold(event.currentTarget.open)}>
        <summary>{stories.length > 1 ? 'Start over, or take another story' : 'Start over'}</summary>
        <ul>
          {stories.map((story) => (
            <li key={story.id} className="panel-story">
              <h3>{story.title}</h3>
              {(!story.chosen || begun) && <p>{story.story}</p>}
              <button
                type="button"
                className="panel-button"
                disabled={busy}
                aria-label={`${story.chosen ? 'Start over' : 'Start'}: ${story.title}`}
                onClick={() => setAsked(story)}
              >
                {story.chosen ? 'Start over' : 'Start'}
              </button>
            </li>
          ))}
        </ul>
      </details>
      {asked && <AskReset story={asked} onBegun={() => unfold(false)} onDone={() => setAsked(null)} />}
    </section>
  )
}

/** Everything that was said and done goes, so this is asked first. */
function AskReset({
  story,
  onBegun,
  onDone,
}: {
  readonly story: StoryHint
  readonly onBegun: () => void
  readonly onDone: () => void
}) {
  const { actions } = usePage()
  const dialog = useRef<HTMLDialogElement | null>(null)
  const [trouble, setTrouble] = useState('')
  const open = (element: HTMLDialogElement | null) => {
    dialog.current = element
    if (element && !element.open) element.showModal()
  }
  const begin = async () => {
    const answer = await actions.act('panel', { action: 'reset', story: story.id })
    if (!answer.ok) return setTrouble(answer.error ?? 'The sandbox did not say why it could not start over.')
    onBegun()
    onDone()
  }
  return (
    <dialog ref={open} className="panel-ask" aria-labelledby="panel-ask-title" onClose={onDone}>
      <h2 id="panel-ask-title">Start “{story.title}” from the beginning?</h2>
      <p>Everything that was said and done here is thrown away: messages, jobs, databases. It takes a few seconds.</p>
      {trouble && <p role="alert">{trouble}</p>}
      <div className="panel-ask-buttons">
        <button type="button" className="panel-button" onClick={() => dialog.current?.close()}>
          Keep going
        </button>
        <button type="button" className="panel-button panel-button-strong" onClick={begin}>
          Start over
        </button>
      </div>
    </dialog>
  )
}
