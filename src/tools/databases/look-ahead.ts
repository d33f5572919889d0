import type pg from 'pg'
import type { ObjectDefinition } from '../../domain/definitions.ts'
import { listLossy } from '../../domain/loss.ts'
import type { TargetAddress } from '../../ports/content-tools.ts'
import type { KnownLoss, LossQuestion } from '../../ports/database-tools.ts'
import { readDefinitions } from '../content/definitions/read.ts'
import { openLostFiles } from '../content/lost-rows/lost-files.ts'
import { printedBy } from '../content/lost-rows/write-sql.ts'
import { type Horizon, readHorizon } from '../content/row-difference/horizon.ts'
import { beginSnapshot, type Snapshot } from '../content/snapshot.ts'
import type { Redact } from '../redact.ts'
import { lookOnce } from './look-once.ts'

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

/** What is asked, and the folder into which rows that go away are written; null for none. */
interface Asked {
  readonly question: LossQuestion
  readonly lostRows: string | null
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
export async function lookAhead(sessions: Sessions, { question, lostRows }: Asked): Promise<LookedAhead> {
  const { earlier, later, other, signal } = sessions
  const otherDefinitions = await readAhead(other, sessions)
  await readAhead(later, sessions)
  const common = { question, otherDefinitions, begin: (client: pg.Client) => beginPrinting(client, sessions) }
  let horizon: Horizon | undefined
  let files: Awaited<ReturnType<typeof openLost>> = null
  const close = async () => {
    await earlier.query('ROLLBACK').catch(() => {})
    await files?.[Symbol.asyncDispose]()
  }
  try {
    const first = await lookOnce(
      { ...sessions, live: earlier },
      {
        ...{ ...common, known: question.known, keepsOpen: true },
        async files(left) {
          horizon = await readHorizon(earlier, signal)
          files = await openLost(left, lostRows, question.known)
          return files
        },
      },
    )
    return {
      found: first.known,
      again: async () => {
        const how = { ...common, known: first.known, earlier: { ...first, horizon: horizon as Horizon } }
        return (await lookOnce({ ...sessions, live: later }, { ...how, files: async () => files })).known
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
  { question, lostRows }: Asked,
): Promise<LookedAhead> {
  const { later, other } = sessions
  const otherDefinitions = await readAhead(other, sessions)
  await readAhead(later, sessions)
  const kept: AsyncDisposable[] = []
  const look = async (known: KnownLoss | null, into: string | null): Promise<KnownLoss> => {
    const found = await lookOnce(
      { ...sessions, live: later },
      {
        ...{ question, known, otherDefinitions, begin: (client) => beginPrinting(client, sessions) },
        async files(left) {
          const files = await openLost(left, into, known)
          if (files !== null) kept.push(files)
          return files
        },
      },
    )
    return found.known
  }
  const found = await look(question.known, null)
  return {
    found,
    again: () => look(found, lostRows),
    async [Symbol.asyncDispose]() {
      for (const one of kept) await one[Symbol.asyncDispose]()
    },
  }
}

/** The files into which rows that go away are written, in the order of the tables that are known to lose some. */
async function openLost(left: Snapshot, folder: string | null, known: KnownLoss | null) {
  return folder === null ? null : openLostFiles(left, { folder, tables: known === null ? [] : listLossy(known.loss) })
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
