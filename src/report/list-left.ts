import { isResting } from '../domain/job.ts'
import { describeLeft } from '../domain/left-behind.ts'
import type { RecoveryPlan } from '../domain/recovery-plan.ts'
import { plainText } from '../domain/text.ts'
import type { IncidentView } from '../domain/view.ts'
import type { KindsSay } from './build-report.ts'
import type { FoldedJob } from './fold-jobs.ts'

/** What is left to do or lies about: unfinished jobs, what they left behind, what nobody has asked. */
export function listLeft(
  jobs: readonly FoldedJob[],
  { reports, overtaken }: Pick<KindsSay, 'reports' | 'overtaken'>,
  view: IncidentView,
  plan: RecoveryPlan,
): string[] {
  const behind = new Map(view.jobs.map(({ job }) => [job.id, job.leftBehind]))
  const ofJobs = jobs.flatMap((job) => {
    // Who takes a job back gives another name to what it left, also where that was taken back in turn, and says which.
    if (job.state === 'succeeded') return job.takenBack.length === 0 ? (reports.get(job.id)?.left ?? []) : []
    if (overtaken?.has(job.id)) return []
    const remains = job.leftBehind.length > 0 ? job.leftBehind : (behind.get(job.id) ?? [])
    return [`${job.id} ${sayOpenEnd(job)}`, ...remains.map((one) => `${job.id} left ${plainText(describeLeft(one))}`)]
  })
  return [...ofJobs, ...sayUatNotAsked(jobs, plan)]
}

function sayOpenEnd(job: FoldedJob): string {
  if (job.state === 'failed') return `failed: ${job.summary ?? 'unknown why'}`
  if (job.state === 'needs_person') return 'waits for a person to settle it'
  if (isResting(job.state)) return job.summary ?? job.state
  return 'is still at work'
}

/** The plan names people who should have tried it; if nobody asked them, the report says so. */
function sayUatNotAsked(jobs: readonly FoldedJob[], plan: RecoveryPlan): string[] {
  const asked = jobs.some(({ kind }) => kind === 'uat')
  return asked || Object.keys(plan.uat).length === 0 ? [] : ['UAT not asked']
}
