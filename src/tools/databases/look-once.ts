import type pg from 'pg'
import type { ObjectDefinition } from '../../domain/definitions.ts'
import type { TargetAddress } from '../../ports/content-tools.ts'
import type { KnownLoss, LossQuestion } from '../../ports/database-tools.ts'
import type { EarlierLook, Look } from '../content/row-difference/look.ts'
import type { RowFiles } from '../content/row-difference/row-files.ts'
import { readTableMarks } from '../content/row-difference/table-marks.ts'
import { diffDatabases } from '../content/row-difference/whole-database.ts'
import { beginSnapshot, type Snapshot } from '../content/snapshot.ts'
import type { Redact } from '../redact.ts'
import { tellRole } from './leftovers.ts'

/** Two open sessions, in live and in the database that would take its place. */
export interface LookSessions {
  readonly target: TargetAddress
  readonly live: pg.Client
  readonly other: pg.Client
  readonly signal: AbortSignal
  /** For the sample of keys, which are row data. */
  readonly redact: Redact
}

interface LookHow {
  readonly question: Omit<LossQuestion, 'known'>
  readonly known: KnownLoss | null
  readonly earlier?: EarlierLook
  readonly otherDefinitions?: readonly ObjectDefinition[]
  readonly begin?: (client: pg.Client) => Promise<Snapshot>
  /** Called as live's snapshot stands: where rows that go away are written to; null for nowhere. */
  readonly files?: (left: Snapshot) => Promise<RowFiles | null>
  /** Live's snapshot is left open. */
  readonly keepsOpen?: boolean
}

/** Live against the database that would take its place, each in one snapshot. */
export async function lookOnce(
  { target, live, other, signal, redact }: LookSessions,
  {
    question,
    files,
    keepsOpen = false,
    begin = (client) => beginSnapshot(client, { target, signal }),
    ...how
  }: LookHow,
): Promise<Look> {
  try {
    // Before the snapshot: what is written in between moves the mark later on, and a file that is put there instead too.
    const marks = await readTableMarks(live)
    const left = await begin(live)
    const into = (await files?.(left)) ?? null
    const right = await begin(other)
    return await diffDatabases(left, right, {
      ...{ ...question, ...how, target, signal, redact, marks, files: into },
      roleOf: (session, table) => tellRole(session, table, question.makes),
    })
  } finally {
    for (const one of keepsOpen ? [other] : [live, other]) await one.query('ROLLBACK').catch(() => {})
  }
}
