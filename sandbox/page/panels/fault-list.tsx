import { useState } from 'react'
import type { PageFault } from '../../slack/page/wire.ts'
import { usePage } from '../page-context.ts'
import { TimeLeft } from './time-left.tsx'

/** An outage that is long enough to be felt in the middle of a restore. */
const OUTAGE_S = 60

/** The switches of "Slack on a bad day". */
export function FaultList() {
  const { state, actions } = usePage()
  const [trouble, setTrouble] = useState('')
  const turn = async (fault: PageFault, on: boolean, seconds?: number) => {
    const options = seconds === undefined ? {} : { options: { seconds } }
    const answer = await actions.act('fault', { name: fault.name, on, ...options })
    setTrouble(answer.ok ? '' : (answer.error ?? `${fault.label} could not be turned.`))
  }
  return (
    <>
      {trouble && (
        <p className="fault-trouble" role="alert">
          {trouble}
        </p>
      )}
      <ul className="faults">
        {state.faults.map((fault) => (
          <li key={fault.name} className="fault" data-on={fault.on}>
            <div>
              <strong id={`fault-${fault.name}`}>{fault.label}</strong>
              <p id={`fault-${fault.name}-about`}>
                {fault.meaning}
                {fault.until !== undefined && <TimeLeft until={fault.until} before=" Back in " />}
              </p>
            </div>
            {fault.name === 'outage' && !fault.on ? (
              <div className="fault-choice">
                <button type="button" className="panel-button" onClick={() => turn(fault, true, OUTAGE_S)}>
                  Down for {OUTAGE_S} s
                </button>
                <button type="button" className="panel-button" onClick={() => turn(fault, true)}>
                  Down until I say
                </button>
              </div>
            ) : (
              <button
                type="button"
                role="switch"
                className="fault-switch"
                aria-checked={fault.on}
                aria-labelledby={`fault-${fault.name}`}
                aria-describedby={`fault-${fault.name}-about`}
                onClick={() => turn(fault, !fault.on)}
              >
                {fault.on ? 'On' : 'Off'}
              </button>
            )}
          </li>
        ))}
      </ul>
    </>
  )
}
