import { createHash } from 'node:crypto'
import pg from 'pg'
import { emptyByName } from '../../../domain/by-name.ts'
import type { RejectChoice } from '../../../domain/rejects.ts'
import type { Replayed } from '../../../domain/remedy.ts'
import type { RejectRest } from '../../../ports/remedy-tools.ts'
import { codeOf, isBroken } from '../../postgres-errors.ts'
import { type RemedyPath, underPath } from '../run-statements.ts'
import { readRejectFiles } from './read-files.ts'
import { lockRejectTable, quoteName, removeFromTable } from './read-table.ts'
import type { Reject, RejectSet } from './reject.ts'

/** Rows tried under one savepoint; where one of them fails, they are halved until it is found. */
const together = 200

interface Deps {
  readonly redact: (text: string) => string
}

/** The open transaction, and the path under which triggers of the targets run. */
interface Loading {
  readonly client: pg.Client
  readonly path: RemedyPath
}

/** What was tried: whether each row loaded, and why not. */
interface Tried {
  readonly reject: Reject
  readonly error: string | null
}

/**
 * Loads rejects in the open transaction, each into its target by the column's own input, as COPY would. What fails
 * again stays where it was. Rows of a reject table that were loaded are taken out in the same transaction; of files
 * it is told which lines to leave out once that has committed.
 */
export async function loadRejects(
  client: pg.Client,
  path: RemedyPath,
  deps: Deps,
  { source, target }: RejectChoice,
): Promise<{ readonly replay: Replayed; readonly rest: readonly RejectRest[] }> {
  const set: RejectSet & { readonly sqlName: string | null } =
    source.kind === 'table'
      ? await lockRejectTable(client, path, { table: source.table, target })
      : { ...(await readRejectFiles(source, target)), sqlName: null }
  const tried: Tried[] = []
  for (const group of groupByShape(set.rejects)) tried.push(...(await loadGroup({ client, path }, deps, group)))
  const loaded = tried.filter(({ error }) => error === null).map(({ reject }) => reject)
  if (set.sqlName !== null) {
    const ctids = loaded.flatMap(({ place }) => ('ctid' in place ? [place.ctid] : []))
    if (ctids.length > 0) await removeFromTable(client, path, set.sqlName, ctids)
  }
  return { replay: countTargets(tried), rest: listRest(set, loaded) }
}

/** Rows with the same target and columns go through one prepared statement. */
function groupByShape(rejects: readonly Reject[]): Reject[][] {
  const groups = new Map<string, Reject[]>()
  for (const reject of rejects) {
    const shape = JSON.stringify([reject.target, reject.columns, reject.values.length])
    const group = groups.get(shape)
    if (group === undefined) groups.set(shape, [reject])
    else group.push(reject)
  }
  return [...groups.values()]
}

async function loadGroup(on: Loading, deps: Deps, group: readonly Reject[]): Promise<Tried[]> {
  const [first] = group
  if (first === undefined) return []
  const { columns, values, target } = first
  if (columns !== null && columns.length !== values.length) {
    const error = `${values.length} fields for ${columns.length} columns`
    return group.map((reject) => ({ reject, error }))
  }
  const names = columns === null ? '' : ` (${columns.map(pg.escapeIdentifier).join(', ')})`
  const places = values.map((_, index) => `$${index + 1}`).join(', ')
  const text = `INSERT INTO ${quoteName(target)}${names} OVERRIDING SYSTEM VALUE VALUES (${places})`
  const tried: Tried[] = []
  for (let from = 0; from < group.length; from += together)
    tried.push(...(await tryRows(on, deps, text, group.slice(from, from + together))))
  return tried
}

async function tryRows(on: Loading, deps: Deps, text: string, rows: readonly Reject[]): Promise<Tried[]> {
  const { client } = on
  await client.query('SAVEPOINT salvor_rows')
  try {
    await underPath(client, on.path, async () => {
      for (const { values } of rows) await client.query(text, [...values])
      // A constraint that waits for the commit must not keep its words until then.
      await client.query('SET CONSTRAINTS ALL IMMEDIATE')
    })
    await client.query('RELEASE SAVEPOINT salvor_rows')
    return rows.map((reject) => ({ reject, error: null }))
  } catch (thrown) {
    if (!(thrown instanceof Error) || isBroken(thrown) || codeOf(thrown) === '') throw thrown
    await client.query('ROLLBACK TO SAVEPOINT salvor_rows')
    const [only] = rows
    if (rows.length === 1 && only !== undefined) return [{ reject: only, error: sayWhy(deps, thrown) }]
    const half = Math.floor(rows.length / 2)
    return [
      ...(await tryRows(on, deps, text, rows.slice(0, half))),
      ...(await tryRows(on, deps, text, rows.slice(half))),
    ]
  }
}

function countTargets(tried: readonly Tried[]): Replayed {
  const counted: Record<string, { loaded: number; failing: number; errors: Record<string, number>; digest: string }> =
    {}
  for (const target of [...new Set(tried.map(({ reject }) => reject.target))].sort()) {
    const of = tried.filter(({ reject }) => reject.target === target)
    const errors = emptyByName<number>()
    for (const { error } of of) if (error !== null) errors[error] = (errors[error] ?? 0) + 1
    const digest = createHash('sha256')
    for (const raw of of.map(({ reject }) => JSON.stringify([reject.columns, reject.raw])).sort()) digest.update(raw)
    const failing = of.filter(({ error }) => error !== null).length
    counted[target] = { loaded: of.length - failing, failing, errors, digest: digest.digest('hex') }
  }
  return counted
}

function listRest({ files }: RejectSet, loaded: readonly Reject[]): RejectRest[] {
  return Object.entries(files).flatMap(([path, sha256]) => {
    const lines = loaded.flatMap(({ place }) => ('path' in place && place.path === path ? [place.line] : []))
    return lines.length === 0 ? [] : [{ path, sha256, loaded: lines }]
  })
}

/** The server's words of one row. Values in quotes are row data: rows that fail alike are to be counted together. */
function sayWhy({ redact }: Deps, error: Error): string {
  return `${redact(error.message).replace(/‹[^›]*›|"[^"]*"(?=$| at )/g, '…')} (${codeOf(error)})`
}
