import type pg from 'pg'
import type { ObjectDefinition } from '../../domain/definitions.ts'
import type { TargetAddress } from '../../ports/content-tools.ts'
import type { KnownLoss, LossQuestion } from '../../ports/database-tools.ts'
import { readDefinitions } from '../content/definitions/read.ts'
import { openLostFiles } from '../content/lost-rows/lost-files.ts'
import { printedBy } from '../content/lost-rows/write-sql.ts'
import { isLossy } from '../content/row-difference/diff-table.ts'
import { readHorizon } from '../content/row-difference/horizon.ts'
import type { EarlierLook, WholeOptions } from '../content/row-difference/look.ts'
import { readTableMarks } from '../content/row-difference/table-marks.ts'
import { diffDatabases } from '../content/row-difference/whole-database.ts'
import { beginSnapshot, type Snapshot } from '../content/snapshot.ts'
import type { Redact } from '../redact.ts'
import { tellRole } from './leftovers.ts'

interface Sessions {
  readonly target: TargetAddress
  /** In live: its snapshot stays open until the end. */
  readonly earlier: pg.Client
  /** In live: it looks again, when everybody else is gone. */
  readonly later: pg.Client
  /** In the database that would take its place, to which nobody writes. */
  readonly other: pg.Client
  readonly signal: AbortSignal
  readonly redact: Redact
}

/** A look at live while it is open, and the same once more when nobody works in it any more. */
export interface LookedAhead extends AsyncDisposable {
  readonly found: KnownLoss
  /** What was found brought up to now: tables that nobody wrote to are not read, of others only what moved in them. */
  again(): Promise<KnownLoss>
}

/**
 * Compares all while live is open, and leaves the snapshot open in which that was: the later look finds by it what moved
 * (see moved-rows.ts). Rows that go away are written in the same pass.
 */
export async function lookAhead(
  sessions: Sessions,
  of: {
    readonly question: LossQuestion
    readonly lostRows: string | null
  },
): Promise<LookedAhead> {
  const { question } = of
  const { target, earlier, later, other, signal } = sessions
  const otherDefinitions = await readAhead(other, sessions)
  await readAhead(later, sessions)
  // Before the snapshot: what is written in between moves the mark later on, and a file that is put there instead too.
  const marks = await readTableMarks(earlier)
  const left = await beginPrinting(earlier, sessions)
  const horizon = await readHorizon(earlier, signal)
  const files =
    of.lostRows === null ? null : await openLostFiles(left, { folder: of.lostRows, tables: listLossy(question) })
  const roleOf: WholeOptions['roleOf'] = (session, table) => tellRole(session, table, question.makes)
  const common = { ...question, target, signal, redact: sessions.redact, files, otherDefinitions, roleOf }
  const within = async <T>(work: (right: Snapshot) => Promise<T>): Promise<T> => {
    try {
      return await work(await beginPrinting(other, sessions))
    } finally {
      for (const one of [later, other]) await one.query('ROLLBACK').catch(() => {})
    }
  }
  const close = async () => {
    await earlier.query('ROLLBACK').catch(() => {})
    await files?.[Symbol.asyncDispose]()
  }
  try {
    const look = await within((right) => diffDatabases(left, right, { ...common, marks }))
    const first: EarlierLook = { ...look, horizon }
    return {
      found: look.known,
      again: async () => {
        const now = await readTableMarks(later)
        return within(async (right) => {
          const all = { ...common, known: look.known, marks: now, earlier: first }
          return (await diffDatabases(await beginPrinting(later, sessions), right, all)).known
        })
      },
      [Symbol.asyncDispose]: close,
    }
  } catch (thrown) {
    await close()
    throw thrown
  }
}

/**
 * The same where live lets no second session in: what was found while it is open says only whether to go on, and behind
 * the closed door each table that was written since, or that loses rows, is read as a whole by the one session.
 */
export async function lookAlone(
  sessions: Omit<Sessions, 'earlier'>,
  of: {
    readonly question: LossQuestion
    readonly lostRows: string | null
  },
): Promise<LookedAhead> {
  const { question } = of
  const { target, later, other, signal, redact } = sessions
  const otherDefinitions = await readAhead(other, sessions)
  await readAhead(later, sessions)
  const kept: AsyncDisposable[] = []
  const roleOf: WholeOptions['roleOf'] = (session, table) => tellRole(session, table, question.makes)
  const look = async (known: KnownLoss | null, lostRows: string | null): Promise<KnownLoss> => {
    try {
      const marks = await readTableMarks(later)
      const left = await beginPrinting(later, sessions)
      const right = await beginPrinting(other, sessions)
      const tables = (known?.loss.tables ?? []).filter(isLossy).map((one) => one.table)
      const files = lostRows === null ? null : await openLostFiles(left, { folder: lostRows, tables })
      if (files !== null) kept.push(files)
      const how = { ...question, target, signal, redact, files, otherDefinitions, roleOf, known, marks }
      return (await diffDatabases(left, right, how)).known
    } finally {
      for (const one of [later, other]) await one.query('ROLLBACK').catch(() => {})
    }
  }
  const found = await look(question.known, null)
  return {
    found,
    again: () => look(found, of.lostRows),
    async [Symbol.asyncDispose]() {
      for (const one of kept) await one[Symbol.asyncDispose]()
    },
  }
}

function listLossy({ known }: LossQuestion): string[] {
  return (known?.loss.tables ?? []).filter(isLossy).map((one) => one.table)
}

/** A snapshot in which all sessions print as files of lost rows need it, so that what is hashed as text is alike. */
async function beginPrinting(client: pg.Client, of: Pick<Sessions, 'target' | 'signal'>): Promise<Snapshot> {
  const snapshot = await beginSnapshot(client, of)
  for (const [name, value] of Object.entries(printedBy))
    if (name !== 'client_encoding') await client.query('SELECT set_config($1, $2, true)', [name, value])
  return snapshot
}

/**
 * Reads all definitions of a database as the comparison will read them: of one that nobody writes to, so that they need
 * not be read behind the closed door, and of live, so that its session has the catalogue in memory by then.
 */
async function readAhead(
  client: pg.Client,
  of: { readonly target: TargetAddress; readonly signal: AbortSignal },
): Promise<ObjectDefinition[]> {
  try {
    const { versionNumber } = await beginSnapshot(client, of)
    return await readDefinitions(client, versionNumber)
  } finally {
    await client.query('ROLLBACK').catch(() => {})
  }
}
