import type { Acceptance } from '../../../src/domain/acceptance.ts'
import type { Approval } from '../../../src/domain/approval.ts'
import type { Incident } from '../../../src/domain/incident.ts'
import type { Job } from '../../../src/domain/job.ts'
import type { Step } from '../../../src/domain/step.ts'
import type { JobView } from '../../../src/domain/view.ts'
import type { Voice } from '../../../src/slack/cards/write-text.ts'
import { makeApproval, makeIncident, makeJob, makeStep } from '../../slack/support/world.ts'

/** The moment at which samples are drawn: nine minutes past three, nothing depends on the clock on the wall. */
export const now = new Date('2026-03-01T03:09:00.000Z')
export const minutesAway = (minutes: number) => new Date(now.getTime() + minutes * 60_000).toISOString()

/** Speaks of the sandbox's people as Slack does to those who are called. */
export const voice: Voice = {
  person: (id) => `<@U0${id.toUpperCase()}>`,
  timezone: 'Asia/Seoul',
  links: new Map([['restore-1', 'https://sandbox.slack.com/archives/C0INC/p1772334480000100']]),
}

const titles = ['choose a backup', 'look at the target', 'load', 'prove', 'switch', 'clean up']

/** Steps of a restore of which the third is in this state; those before it are done. */
export function restoreSteps(of: Partial<Step> & Pick<Step, 'state'>): Step[] {
  return titles.map((title, index) =>
    makeStep({
      ...{ id: `restore-1/${index}`, name: title.replaceAll(' ', '-'), title, position: index + 1 },
      state: index < 2 ? 'done' : 'waiting',
      ...(index === 2 ? of : {}),
    }),
  )
}

export const incident = (of: Partial<Incident> = {}): Incident =>
  makeIncident({ title: 'Orders lost after cut-over', deadline: minutesAway(112), ...of })

export const approval = (of: Partial<Approval> = {}): Approval =>
  makeApproval({ askedAt: minutesAway(-2), approveBy: minutesAway(28), ...of })

/** A finding over which alice went on. */
export const acceptance = (of: Partial<Acceptance> = {}): Acceptance => ({
  ...{ digest: '9c'.repeat(32), subject: 'table', name: 'public.audit_log', step: 'verify', by: 'alice' },
  ...{ why: { code: 'rows_fewer', facts: { count: 3 } }, values: null, reason: 'may be empty, *for now*' },
  ...{ at: minutesAway(-4), ...of },
})

export function viewOf(job: Partial<Job>, steps: Step[] = [], approvals: Approval[] = []): JobView {
  return { job: makeJob(job), steps, approvals, accepted: [], asks: [] }
}
