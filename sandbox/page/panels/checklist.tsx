import type { ChecklistItem } from '../../slack/page/wire.ts'
import { usePage } from '../page-context.ts'
import { closeDrawer, useOpenDrawer } from './open-drawer.ts'
import { useRemembered } from './remember.ts'
import { writeLength } from './write-times.ts'

/** The guided first run: what is done, what comes next, and a button that goes there. Can be put away. */
export function Checklist({
  items,
  took,
  left,
}: {
  readonly items: readonly ChecklistItem[]
  readonly took?: number | undefined
  /** Things of the patient that are not good. */
  readonly left: number
}) {
  const [hidden, setHidden] = useRemembered('sandbox.checklist')
  const done = items.filter((one) => one.done).length
  const current = items.find((one) => !one.done)
  if (hidden === 'away')
    return (
      <section className="panel-part panel-part-small" aria-label="Checklist">
        <button type="button" className="panel-button" onClick={() => setHidden('')}>
          Show checklist ({done} of {items.length})
        </button>
      </section>
    )
  return (
    <section className="panel-part" aria-labelledby="panel-checklist">
      <div className="panel-head">
        <h2 id="panel-checklist">What to do</h2>
        <span className="panel-count">
          {done} of {items.length}
        </span>
        <button type="button" className="panel-quiet" aria-label="Hide checklist" onClick={() => setHidden('away')}>
          Hide
        </button>
      </div>
      <progress className="panel-progress" aria-label="Steps done" value={done} max={items.length} />
      <ol className="panel-steps">
        {items.map((item) => (
          <Step key={item.id} item={item} isCurrent={item === current} />
        ))}
      </ol>
      {!current && (
        <p className="panel-praise" role="status">
          🎉 Recovered and reported{took === undefined ? '' : ` in ${writeLength(took)}`}.{' '}
          {left === 0 ? 'Well done!' : `Not everything of the patient is good yet: ${left} to mend, see below.`} Take
          another story above, or make it harder: turn on “Slack on a bad day” and do it again.
        </p>
      )}
    </section>
  )
}

function Step({ item, isCurrent }: { readonly item: ChecklistItem; readonly isCurrent: boolean }) {
  const state = item.done ? 'done' : isCurrent ? 'now' : 'later'
  const words = { done: 'done', now: 'next', later: 'to do' }[state]
  return (
    <li className={`panel-step panel-step-${state}`} aria-current={isCurrent ? 'step' : undefined}>
      <span className="panel-tick" aria-hidden="true">
        {item.done ? '✓' : ''}
      </span>
      <div>
        <span className="panel-step-title">{item.title}</span>
        <span className="sr-only"> ({words})</span>
        {isCurrent && <p className="panel-hint">{item.hint}</p>}
        {isCurrent && item.go && <GoButton go={item.go} />}
      </div>
    </li>
  )
}

/** Takes the person, opens the place and puts the words into the composer; sending them stays with the reader. */
function GoButton({ go }: { readonly go: NonNullable<ChecklistItem['go']> }) {
  const { actions, state } = usePage()
  const narrow = useOpenDrawer() === 'panel'
  const name = state.users.find((one) => one.id === go.person)?.realName.split(' ')[0] ?? go.person
  const take = () => {
    actions.go({ person: go.person, channel: go.channel, thread: go.thread ?? '' })
    if (go.words !== undefined) actions.propose(go.words, go.thread !== undefined)
    if (narrow) closeDrawer()
  }
  return (
    <button type="button" className="panel-button panel-button-strong" onClick={take}>
      {go.words === undefined ? `Go there as ${name}` : `Write this as ${name}`}
    </button>
  )
}
