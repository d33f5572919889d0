import type { RejectChoice } from '../../../domain/rejects.ts'
import type { TargetAddress } from '../../../ports/content-tools.ts'
import type { RejectGroup } from '../../../ports/remedy-tools.ts'
import { readOwnPath, withTargetSession } from '../../postgres-session.ts'
import { readRejectFiles } from './read-files.ts'
import { countRejectTable } from './read-table.ts'

/** Rejects that are there now, by target and code, the largest group first. */
export async function countRejects(
  target: TargetAddress,
  { source, target: wanted }: RejectChoice,
  redact: (text: string) => string,
  signal: AbortSignal,
): Promise<RejectGroup[]> {
  if (source.kind === 'table') {
    const asked = { table: source.table, target: wanted }
    const path = { current: await readOwnPath(target, { signal }) }
    const groups = await withTargetSession(target, { statementTimeoutMs: 60_000, signal }, (client) =>
      countRejectTable(client, path, asked),
    )
    return groups.map((group) => ({ ...group, message: redact(group.message) }))
  }
  const rows = new Map<string, number>()
  for (const { target: into } of (await readRejectFiles(source, wanted)).rejects)
    rows.set(into, (rows.get(into) ?? 0) + 1)
  return [...rows]
    .map(([into, count]) => ({ target: into, code: '-', rows: count, message: '' }))
    .sort((one, other) => other.rows - one.rows)
}
