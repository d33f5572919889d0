import type { Card, CardRow } from '../card.ts'
import { writeCount } from '../count.ts'
import { isResting } from '../job.ts'
import { plainText } from '../text.ts'
import { findCurrentStep, type IncidentView, type JobView } from '../view.ts'
import { describeWaiting } from '../waiting.ts'
import { listCaseRows } from './case-words.ts'
import { stateIcons, stateWords } from './job-words.ts'
import { buildRootCard, type RootCardExtra } from './root-card.ts'

/** The operator's view of an incident, for the asker alone: the root card, and where each live job stands. */
export function buildStatusCard(view: IncidentView, now: Date, extra: RootCardExtra): Card {
  const root = buildRootCard(view, now, extra)
  const live = view.jobs.filter(({ job }) => !isResting(job.state))
  return {
    ...root,
    rows: [
      ...root.rows,
      ...live.map(describeLive),
      ...live.flatMap(listCaseRows),
      { kind: 'small', text: `${writeCount(view.incident.headNo)} events in the journal` },
    ],
    buttons: [],
  }
}

function describeLive(view: JobView): CardRow {
  const { job } = view
  const step = findCurrentStep(view)
  const share = step?.progress?.fraction == null ? '' : ` · ${Math.floor(step.progress.fraction * 100)} %`
  const waits = job.waitingFor ? ` · waits: ${plainText(describeWaiting(job.waitingFor))}` : ''
  const at = step ? ` · at ${step.title}` : ''
  return { kind: 'text', text: `${stateIcons[job.state]} ${job.id} ${stateWords[job.state]}${at}${share}${waits}` }
}
