import { usePage } from '../page-context.ts'
import { TimeLeft } from './time-left.tsx'

/** Says across the page that Slack is down for the app and for people; they can only watch meanwhile. */
export function OutageBanner() {
  const { state, actions } = usePage()
  const outage = state.faults.find((one) => one.name === 'outage' && one.on)
  if (!outage) return null
  return (
    <div className="outage" role="status">
      <p>
        <strong>⛈ Slack is down for the app.</strong> Nothing that you send arrives; what already runs goes on without
        it.
        {outage.until !== undefined && <TimeLeft until={outage.until} before=" Back in " />}
      </p>
      <button
        type="button"
        className="panel-button"
        onClick={() => actions.act('fault', { name: 'outage', on: false })}
      >
        Bring it back
      </button>
    </div>
  )
}
