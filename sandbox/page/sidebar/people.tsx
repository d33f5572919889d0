import { Avatar } from '../messages/avatar.tsx'
import { usePage } from '../page-context.ts'
import { useShell } from '../shell-context.ts'
import { findWaiting } from '../store/unread.ts'
import { readRole } from './read-role.ts'

/** Everybody whom one can be: a press takes their place, in the conversation that is open. */
export function People() {
  const { state, actions } = usePage()
  const { seen, showSheet } = useShell()
  const waiting = findWaiting(state, seen)
  return (
    <section aria-labelledby="people-title">
      <h2 id="people-title" className="side-title">
        You are
      </h2>
      <ul className="side-list">
        {state.users.map((one, index) => (
          <li key={one.id}>
            <button
              type="button"
              className="side-row person"
              aria-current={one.id === state.person ? 'true' : undefined}
              title={index < 9 ? `${one.realName} (Alt+${index + 1})` : one.realName}
              onClick={() => {
                actions.go({ person: one.id })
                showSheet(false)
              }}
            >
              <Avatar name={one.name} id={one.id} size={24} />
              <span className="person-name">{one.name}</span>
              <span className="person-role">{readRole(one.realName)}</span>
              {waiting.has(one.id) ? (
                <span className="dot" role="img" aria-label="was notified" title="Was notified" />
              ) : null}
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
