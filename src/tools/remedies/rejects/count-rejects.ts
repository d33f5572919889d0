import type { RejectChoice } from '../../../domain/rejects.ts'
import type { TargetAddress } from '../../../ports/content-tools.ts'
import type { RejectGroup } from '../../../ports/remedy-tools.ts'
import { withTargetSession } from '../../postgres-session.ts'
import { readRejectFiles } from './read-files.ts'
import { readRejectTable } from './read-table.ts'
import type { RejectSet } from './reject.ts'

/** Rejects that are there now, by target and code, the largest group first. */
export async function countRejects(
  target: TargetAddress,
  { source, target: wanted }: RejectChoice,
  redact: (text: string) => string,
  signal: AbortSignal,
): Promise<RejectGroup[]> {
  const { rejects }: RejectSet =
    source.kind === 'files'
      ? await readRejectFiles(source, wanted)
      : await withTargetSession(target, { statementTimeoutMs: 60_000, signal }, (client) =>
          readRejectTable(client, { table: source.table, target: wanted, lock: false }),
        )
  const groups = new Map<string, { target: string; code: string; rows: number; message: string }>()
  for (const { target: into, code, message } of rejects) {
    const known = groups.get(`${into}\0${code}`)
    if (known === undefined) groups.set(`${into}\0${code}`, { target: into, code, rows: 1, message: redact(message) })
    else known.rows += 1
  }
  return [...groups.values()].sort((one, other) => other.rows - one.rows)
}
