import type { JobView } from '../../src/domain/view.ts'
import type { GivenReport } from '../../src/engine/define-job.ts'
import { outputOf } from '../output-of.ts'
import { healthOutput, lookOutput, restartOutput, restartParams } from './params.ts'

/** «orders-api healthy, attempt 2: new process 4711, /healthz 200». Says only what was seen. */
export function reportRestart(view: JobView): GivenReport {
  const { service } = restartParams.parse(view.job.params)
  const restarted = outputOf(view, 'restart', restartOutput)
  const health = outputOf(view, 'health', healthOutput)
  const attempt = Math.max(1, ...view.steps.map((step) => step.attempt))
  const process = restarted?.identity == null ? null : sayProcess(restarted.identity)
  const proven = [process, health?.said ?? null].filter((line) => line !== null)
  const word = health !== null ? 'healthy' : process !== null ? 'running' : 'restarted'
  return {
    summary: `${service} ${word}${attempt > 1 ? `, attempt ${attempt}` : ''}${proven.length > 0 ? `: ${proven.join(', ')}` : ''}`,
    proven: proven.map((line) => `${service}: ${line}`),
    left: [
      ...(process === null
        ? [`${service}: not proven that it is a new process, the plan has no unit and no identity`]
        : []),
      ...(health === null ? [`${service}: not asked whether it is well, the plan has no health check`] : []),
    ],
    recovers: process !== null || health !== null,
  }
}

export function showRestart(view: JobView): { headline: string; lines: string[] } {
  const { service = '' } = restartParams.partial().safeParse(view.job.params).data ?? {}
  const before = outputOf(view, 'look', lookOutput)
  const now = outputOf(view, 'restart', restartOutput)
  return {
    headline: service,
    lines: [
      ...(before === null
        ? []
        : [`Before: ${[before.said, pidOf(before.identity)].filter((text) => text !== '').join(', ')}`]),
      ...(now?.identity == null ? [] : [`Now: ${sayProcess(now.identity)}`]),
    ],
  }
}

/** The identity ends with the process id, by systemd as by most `identity` commands. */
function sayProcess(identity: string): string {
  const pid = pidOf(identity)
  return pid === '' ? `new process (${identity.slice(0, 80)})` : `new ${pid}`
}

function pidOf(identity: string | null): string {
  const pid = identity === null ? undefined : /(?:^| )([1-9]\d*)$/.exec(identity)?.[1]
  return pid === undefined ? '' : `process ${pid}`
}
