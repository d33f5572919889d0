import { usePage } from '../page-context.ts'
import { writeClock } from './write-times.ts'

const kinds = {
  refused: 'refused',
  rate_limited: 'too many requests',
  not_acknowledged: 'not acknowledged in time',
  rule: 'a rule was broken',
} as const

/** What real Slack would have refused, newest first. */
export function ViolationList() {
  const { state } = usePage()
  if (state.violations.length === 0)
    return (
      <p className="drawer-empty">👍 Nothing: everything that the app asked would have been taken by real Slack.</p>
    )
  const hidden = state.violationCount - state.violations.length
  return (
    <>
      <ul className="violations">
        {state.violations.toReversed().map((one, index) => (
          <li key={state.violationCount - index} className="violation">
            <div className="violation-head">
              <code>{one.method}</code>
              <time dateTime={new Date(one.at).toISOString()}>{writeClock(one.at)}</time>
            </div>
            <strong>{one.error}</strong>
            <span className="violation-kind"> · {kinds[one.kind]}</span>
            {one.detail && <pre className="violation-detail">{one.detail}</pre>}
          </li>
        ))}
      </ul>
      {hidden > 0 && <p className="drawer-about">{hidden} older ones are not listed.</p>}
    </>
  )
}
