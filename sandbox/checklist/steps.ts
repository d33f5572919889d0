import type { ChecklistItem } from '../slack/page/wire.ts'
import type { Fact } from './read-facts.ts'

/** What a recovery consists of for somebody who does it for the first time. */
export type StepId = 'open' | 'backups' | 'restore' | 'approve' | 'verify' | 'config' | 'restart' | 'close'

/** Which steps a story needs, in their order, and how its incident is called. */
export interface ChecklistPlan {
  readonly title: string
  readonly steps: readonly StepId[]
}

/** What has happened so far in the newest incident. */
export interface Progress {
  readonly facts: readonly Fact[]
  /** Backups were listed to somebody: reading is not journaled, so this is what the local Slack showed. */
  readonly sawBackups: boolean
  /** The incident's thread is there: what comes next is said in it. */
  readonly hasThread: boolean
}

/** One step: how it is told, and when it is done. */
export interface Step {
  readonly title: string
  /** Whose person to take. */
  readonly person: 'alice' | 'bob' | 'carol'
  readonly hint: (progress: Progress, plan: ChecklistPlan) => string
  /** To be sent; absent: a button is pressed. */
  readonly words?: (plan: ChecklistPlan) => string
  readonly isDone: (progress: Progress) => boolean
}

const has = (facts: readonly Fact[], type: Fact['type'], kind?: string) =>
  facts.some((fact) => fact.type === type && (kind === undefined || fact.kind === kind))

export const steps: Readonly<Record<StepId, Step>> = {
  open: {
    title: 'Open an incident',
    person: 'alice',
    hint: () =>
      'Alice is the DBA on call. She says what happened, so that everybody finds one thread. Press the button, then send the words.',
    words: ({ title }) => `/recover open ${title} --severity 1`,
    isDone: ({ facts, hasThread }) => hasThread && has(facts, 'incident_opened'),
  },
  backups: {
    title: 'Look at the backups',
    person: 'alice',
    hint: () => 'Which are there, how old are they, and how long would a restore take? Only Alice sees the answer.',
    words: () => '@salvor backups orders-db',
    isDone: ({ sawBackups }) => sawBackups,
  },
  restore: {
    title: 'Restore the database',
    person: 'alice',
    hint: () => 'It is restored beside the live database, which stays untouched until somebody approves.',
    words: () => '@salvor restore orders-db',
    isDone: ({ facts }) => has(facts, 'job_requested', 'restore'),
  },
  approve: {
    title: 'Approve as the second DBA',
    person: 'bob',
    hint: ({ facts }) =>
      has(facts, 'approval_granted')
        ? 'Approved: the names change hands in this moment.'
        : has(facts, 'approval_asked')
          ? 'Alice asked, so she cannot approve. As Bob, read what will be lost, then press Approve in the thread.'
          : 'Salvor restores and proves the copy first; the question comes into the thread in a moment.',
    // Whatever comes next is about the restored database.
    isDone: ({ facts }) => has(facts, 'approval_granted') && has(facts, 'job_succeeded', 'restore'),
  },
  verify: {
    title: 'Verify the content',
    person: 'alice',
    hint: ({ facts }) =>
      has(facts, 'job_requested', 'verify')
        ? 'Every table is being compared with the backup; the card in the thread shows how far it is.'
        : 'Proves every table against the backup, once the restore has switched.',
    words: () => '@salvor verify orders-db',
    isDone: ({ facts }) => has(facts, 'job_succeeded', 'verify'),
  },
  config: {
    title: 'Bring the config file back',
    person: 'carol',
    hint: ({ facts }) =>
      has(facts, 'job_requested', 'config')
        ? 'The newest version that passes its test takes the place of the file; the old one is kept.'
        : 'Carol owns the service. The migration has overwritten its config file: the guide shows the difference.',
    words: () => '@salvor config orders-api',
    isDone: ({ facts }) => has(facts, 'job_succeeded', 'config'),
  },
  restart: {
    title: 'Restart the service',
    person: 'carol',
    hint: ({ facts }) =>
      has(facts, 'job_requested', 'restart')
        ? 'It counts once the service is a new process, alive and healthy.'
        : 'Carol, the system administrator, owns the service. The database is back; the shop is still closed.',
    words: () => '@salvor restart orders-api',
    isDone: ({ facts }) => has(facts, 'job_succeeded', 'restart'),
  },
  close: {
    title: 'Close with a report',
    person: 'alice',
    hint: () => 'Salvor writes the report: what happened, what was proven, what was lost.',
    words: () => '@salvor close',
    isDone: ({ facts }) => has(facts, 'report_made') && has(facts, 'incident_closed'),
  },
}

/** The lines of the checklist. `place` is where the incident is, as far as that is known. */
export function tick(
  plan: ChecklistPlan,
  progress: Progress,
  place: { readonly channel: string; readonly thread?: string; readonly userOf: (name: string) => string },
): ChecklistItem[] {
  return plan.steps.map((id) => {
    const step = steps[id]
    const words = step.words?.(plan)
    // A slash command cannot be typed in a thread.
    const thread = words?.startsWith('/') ? undefined : place.thread
    return {
      id,
      title: step.title,
      hint: step.hint(progress, plan),
      go: {
        person: place.userOf(step.person),
        channel: place.channel,
        ...(thread === undefined ? {} : { thread }),
        ...(words === undefined ? {} : { words }),
      },
      done: step.isDone(progress),
    }
  })
}
