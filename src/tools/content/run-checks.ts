import type pg from 'pg'
import type { Finding } from '../../domain/content.ts'
import { finding } from '../../domain/finding-texts.ts'
import { durationMs, type PlanCheck } from '../../domain/recovery-plan.ts'
import type { TargetAddress } from '../../ports/content-tools.ts'
import { isBroken } from '../postgres-errors.ts'
import { readOwnPath, withTargetSession } from '../postgres-session.ts'
import { applyForeign, type DatabaseSettings, listForeign } from './foreign-settings.ts'
import { explain } from './measure-tables.ts'

/** A check without `within` may take this long. */
const TIMEOUT_MS = 30_000
/** A check that was too slow on a cold cache gets two more tries; the best counts. */
const TRIES = 3

/** Runs the plan's checks one after the other, each in a READ ONLY transaction of its own under a statement_timeout. */
export async function runChecks(of: {
  readonly target: TargetAddress
  readonly database?: string | undefined
  readonly checks: readonly PlanCheck[]
  /** Settings that this database will have, and has not yet. */
  readonly settings?: DatabaseSettings | undefined
  readonly signal: AbortSignal
}): Promise<Finding[]> {
  if (of.checks.length === 0) return []
  const options = { signal: of.signal, ...(of.database === undefined ? {} : { database: of.database }) }
  const { settings } = of
  const path = await readOwnPath(of.target, options, async (client) =>
    settings === undefined ? undefined : new Map(await listForeign(client, settings)).get('search_path'),
  )
  return withTargetSession(of.target, options, async (client) => {
    if (settings !== undefined) await applyForeign(client, settings)
    const findings: Finding[] = []
    for (const check of of.checks) findings.push(await runCheck({ client, path }, check, of.signal))
    return findings
  })
}

/** A session for checks, and the path by which their names were meant. */
interface Asked {
  readonly client: pg.Client
  readonly path: string
}

async function runCheck(asked: Asked, check: PlanCheck, signal: AbortSignal): Promise<Finding> {
  const base = { subject: 'check', name: check.name } as const
  try {
    const answer = await ask(asked, check)
    return { ...base, ...judge(check, answer) }
  } catch (thrown) {
    if (signal.aborted || isBroken(thrown) || !(thrown instanceof Error)) throw thrown
    const expected = check.expect ?? check.within ?? null
    return {
      ...base,
      verdict: 'not_comparable',
      expected,
      found: null,
      why: finding('check_unread', { seen: explain(thrown) }),
    }
  }
}

interface Answer {
  readonly rows: readonly (readonly (string | null)[])[]
  readonly milliseconds: number
}

async function ask(asked: Asked, check: PlanCheck): Promise<Answer> {
  const within = check.within === undefined ? null : durationMs(check.within)
  const timeout = within === null ? TIMEOUT_MS : Math.max(TIMEOUT_MS, within * 2)
  let best: Answer | undefined
  for (let tried = 0; tried < (within === null ? 1 : TRIES); tried += 1) {
    const answer = await askOnce(asked, check.sql, timeout)
    if (best === undefined || answer.milliseconds < best.milliseconds) best = answer
    if (within === null || best.milliseconds <= within) break
  }
  if (best === undefined) throw new Error('a check was not asked')
  return best
}

/** The extended protocol takes exactly one statement, so a check cannot end its READ ONLY transaction and go on. */
async function askOnce({ client, path }: Asked, sql: string, timeoutMs: number): Promise<Answer> {
  await client.query(`BEGIN READ ONLY; SET LOCAL statement_timeout = ${timeoutMs}`)
  try {
    await client.query(`SELECT set_config('search_path', $1, true)`, [path])
    const began = performance.now()
    const { rows } = await client.query({
      text: sql,
      queryMode: 'extended',
      rowMode: 'array',
      // As text: numbers wider than a JavaScript number must compare exactly.
      types: { getTypeParser: () => (value: unknown) => value as string },
    } as pg.QueryArrayConfig)
    return { rows: rows as (string | null)[][], milliseconds: performance.now() - began }
  } finally {
    await client.query('ROLLBACK')
  }
}

type Judgement = Pick<Finding, 'verdict' | 'expected' | 'found' | 'why'>

function judge(check: PlanCheck, answer: Answer): Judgement {
  const value = answer.rows[0]?.[0] ?? null
  if (check.expect !== undefined) {
    const base = { expected: check.expect, found: value }
    if (answer.rows.length !== 1)
      return { ...base, verdict: 'differs', why: finding('check_rows', { count: answer.rows.length }) }
    if (!isExpected(check.expect, value)) return { ...base, verdict: 'differs', why: finding('check_value') }
  }
  const took = Math.round(answer.milliseconds * 10) / 10
  if (check.within !== undefined && answer.milliseconds > durationMs(check.within)) {
    return {
      verdict: 'differs',
      expected: check.within,
      found: `${took}ms`,
      why: finding('check_slow', { tries: TRIES }),
    }
  }
  return {
    verdict: 'equal',
    expected: check.expect ?? check.within ?? null,
    found: check.expect === undefined ? `${took}ms` : value,
    why: null,
  }
}

const booleans: { readonly [text: string]: boolean } = { t: true, true: true, f: false, false: false }

/** A number in the plan compares as a number (1 equals 1.00), a text as text. */
function isExpected(expected: string | number | boolean | null, found: string | null): boolean {
  if (expected === null || found === null) return expected === found
  if (typeof expected === 'number') return found.trim() !== '' && Number(found) === expected
  if (typeof expected === 'boolean') return booleans[found] === expected
  return found === expected
}
