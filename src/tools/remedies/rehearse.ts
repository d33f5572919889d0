import type pg from 'pg'
import type { RemedyEffect, Replayed } from '../../domain/remedy.ts'
import type { RowsOutcome } from '../../domain/repair.ts'
import type { Rehearsal, RejectRest, RemedyRun, RemedyTools } from '../../ports/remedy-tools.ts'
import { readOwnPath, withTargetSession } from '../postgres-session.ts'
import { countTables, lockTables, type Mark, measureEffect, namesToCount, takeMark } from './measure-effect.ts'
import { findMovedSequences, readSequenceStates } from './moved-sequences.ts'
import { readLocks } from './read-locks.ts'
import { loadRejects } from './rejects/load-rejects.ts'
import { runRowFile, settleRows } from './rows/run-row-file.ts'
import { beginRemedy, checkDeferred, type RemedyPath, runStatements } from './run-statements.ts'
import { pairSamples, readAfter } from './sample-rows.ts'

/** A remedy that waits longer for a lock would hold up everybody behind it. In milliseconds. */
const lockTimeoutMs = 2_000

export interface RemedyDeps {
  readonly redact: (text: string) => string
}

/** What a remedy did so far in its open transaction. */
export interface Applied {
  readonly xid: string
  readonly before: Mark
  readonly after: Mark
  readonly effect: RemedyEffect
  readonly rows: RowsOutcome | null
}

/** Executes a remedy and rolls it back, with everything that can be told of it. See the port. */
export async function rehearseRemedy(
  deps: RemedyDeps & { readonly redactShowingRows: (text: string) => string },
  of: Parameters<RemedyTools['rehearse']>[0],
): Promise<Rehearsal> {
  return onTarget(of, async (client, path) => {
    const began = performance.now()
    const states = await readSequenceStates(client)
    const applied = await applyRemedy(client, path, deps, { ...of, counted: [] })
    const seconds = (performance.now() - began) / 1000
    const locks = await readLocks(client)
    const sampled = await readAfter(client, applied.effect)
    const { replay } = await replayInside(client, path, deps, of)
    const sequences = await findMovedSequences(client, states)
    await client.query('ROLLBACK')
    // Only now the tables hold again what they held before.
    const held = await countTables(client, applied.before, namesToCount(applied.before, applied.after))
    const effect = fillIn(applied.effect, held)
    const { xid } = applied
    const { showRows } = of
    const redact = showRows ? deps.redactShowingRows : deps.redact
    const samples = await pairSamples(client, sampled, { xid, effect, showRows, redact })
    return { effect, sequences, locks, samples, seconds, replay, rows: applied.rows }
  })
}

/** Runs all statements in a new transaction. Tables in `counted` are locked and counted first. */
export async function applyRemedy(
  client: pg.Client,
  path: RemedyPath,
  { redact }: RemedyDeps,
  of: RemedyRun & { readonly counted: readonly string[] },
): Promise<Applied> {
  const { counted } = of
  const { system } = of.target
  const xid = await beginRemedy(client, system)
  const before = await takeMark(client)
  await lockTables(client, before, counted)
  const held = await countTables(client, before, counted)
  const { statements, withinMs, totalMs } = of
  await runStatements(client, { path, system, statements, xid, lockTimeoutMs, withinMs, totalMs, redact })
  const ran =
    of.rows === undefined ? null : await runRowFile(client, path, { ...of, rows: of.rows, lockTimeoutMs, redact })
  await checkDeferred(client, { path, system, statements: of.statements, redact })
  const rows = ran === null ? null : await settleRows(client, ran)
  const after = await takeMark(client)
  return { xid, before, after, effect: await measureEffect(client, before, after, held), rows }
}

/** Loads the chosen rejects in the open transaction; nothing where none were chosen. */
export async function replayInside(
  client: pg.Client,
  path: RemedyPath,
  deps: RemedyDeps,
  of: RemedyRun,
): Promise<{ readonly replay: Replayed | null; readonly rest: readonly RejectRest[] }> {
  if (of.rejects === null) return { replay: null, rest: [] }
  return loadRejects(client, path, deps, of.rejects)
}

/** A session that gives up on locks and long statements; what was begun on it is gone when it ends. */
export async function onTarget<T>(
  of: RemedyRun,
  work: (client: pg.Client, path: RemedyPath) => Promise<T>,
): Promise<T> {
  const path = { current: await readOwnPath(of.target, { signal: of.signal }) }
  const options = { lockTimeoutMs, statementTimeoutMs: of.withinMs, signal: of.signal }
  return withTargetSession(of.target, options, (client) => work(client, path))
}

function fillIn(effect: RemedyEffect, held: { readonly [table: string]: number }): RemedyEffect {
  const oldNames = new Map(effect.renamed.map((names) => names.split(' → ').toReversed() as [string, string]))
  return {
    ...effect,
    dropped: Object.fromEntries(Object.keys(effect.dropped).map((table) => [table, held[table] ?? 0])),
    rewritten: Object.fromEntries(
      Object.entries(effect.rewritten).map(([table, { after }]) => [
        table,
        { before: held[oldNames.get(table) ?? table] ?? 0, after },
      ]),
    ),
  }
}
