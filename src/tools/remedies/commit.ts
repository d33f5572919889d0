import type pg from 'pg'
import { SalvorError } from '../../domain/errors/fail.ts'
import { compareEffects, compareReplays, type RemedyEffect } from '../../domain/remedy.ts'
import { compareAltered } from '../../domain/repair.ts'
import type { TargetAddress } from '../../ports/content-tools.ts'
import type { CommitOutcome, RemedyTools } from '../../ports/remedy-tools.ts'
import { codeOf } from '../postgres-errors.ts'
import { withTargetSession } from '../postgres-session.ts'
import { applyRemedy, onTarget, type RemedyDeps, replayInside } from './rehearse.ts'

/** Executes a remedy and commits it only if it did what was shown. See the port. */
export async function commitRemedy(deps: RemedyDeps, of: Parameters<RemedyTools['commit']>[0]): Promise<CommitOutcome> {
  const { expected } = of
  return onTarget(of, async (client, path) => {
    const began = performance.now()
    const { xid, effect, rows } = await applyRemedy(client, path, deps, {
      ...of,
      counted: listCounted(expected.effect),
    })
    const { replay, rest } = await replayInside(client, path, deps, of)
    const differences = [
      ...compareEffects(expected.effect, effect),
      ...compareReplays(expected.replay ?? {}, replay ?? {}),
      ...compareAltered(expected.rows?.altered ?? [], rows?.altered ?? []),
    ]
    if (differences.length > 0) {
      await client.query('ROLLBACK')
      return { committed: false, effect, replay, differences, rows }
    }
    const done = { xid, effect, replay, rest, rows }
    await of.beforeCommit(done)
    of.signal.throwIfAborted()
    await commitTransaction(client, of.target.system)
    return { committed: true, done, seconds: (performance.now() - began) / 1000 }
  })
}

/** Asks the cluster what became of a transaction. Numbers that it never gave, or has forgotten, answer null. */
export async function findOutcome(
  target: TargetAddress,
  xid: string,
): Promise<'committed' | 'aborted' | 'in progress' | null> {
  return withTargetSession(target, { statementTimeoutMs: 10_000 }, async (client) => {
    try {
      const { rows } = await client.query<{ status: 'committed' | 'aborted' | 'in progress' | null }>(
        'SELECT pg_xact_status($1::xid8) AS status',
        [xid],
      )
      return rows[0]?.status ?? null
    } catch (thrown) {
      // 22023: a transaction of the future, so this is not the cluster or not the history that gave the number.
      if (codeOf(thrown) === '22023') return null
      throw thrown
    }
  })
}

/** COMMIT of a transaction that has failed answers ROLLBACK, without an error. */
async function commitTransaction(client: pg.Client, system: string): Promise<void> {
  const { command } = await client.query('COMMIT')
  if (command === 'COMMIT') return
  throw new SalvorError('remedy_given_up', { system, seen: 'the server rolled back instead of committing' })
}

/** Tables whose rows before are part of what was shown. */
function listCounted(effect: RemedyEffect): string[] {
  const oldNames = new Map(effect.renamed.map((names) => names.split(' → ').toReversed() as [string, string]))
  return [...Object.keys(effect.dropped), ...Object.keys(effect.rewritten).map((name) => oldNames.get(name) ?? name)]
}
