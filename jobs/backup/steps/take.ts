import type { RestorePoint } from '../../../src/domain/content.ts'
import { SalvorError } from '../../../src/domain/errors/fail.ts'
import { listPlaces } from '../../../src/engine/backups/places.ts'
import { defineStep, type LookContext } from '../../../src/engine/define-step.ts'
import type { StanzaPlace } from '../../../src/ports/backup-providers.ts'
import { type BackupParams, type TakeOutput, takeOutput } from '../params.ts'

/** A backup of the whole cluster by the tool of the plan, which also lets old ones expire as it is configured. */
export const take = defineStep<BackupParams>({
  name: 'take',
  title: 'take backup',
  risk: 'reversible',
  where: 'runner',
  async run(context) {
    const place = findFirstStanza(context)
    const type = context.params.kind ?? 'full'
    const { pgbackrest } = context.tools.backups
    const before = await pgbackrest.list(place, context.signal)
    await context.record('newest', before[0]?.id ?? '')
    const { signal, progress: onProgress } = context
    return describe(await pgbackrest.backup({ place, type, signal, onProgress }))
  },
  /** What came after the newest that there was, and is whole, is its work: nobody else takes one under its lock. */
  async isDone(context) {
    const { newest } = context.records
    if (typeof newest !== 'string') return { done: 'no' }
    const points = await context.tools.backups.pgbackrest.list(findFirstStanza(context), context.signal)
    const [last] = points
    return last === undefined || last.id === newest ? { done: 'no' } : { done: 'yes', output: describe(last) }
  },
})

/** The first stanza that the plan names. Throws command_usage where it names none. */
export function findFirstStanza(context: LookContext<BackupParams>): StanzaPlace {
  const { system } = context.params
  const places = listPlaces(context.postgres(system), context.resolvePath)
  const found = places.find((one) => one.kind === 'pgbackrest')
  if (found !== undefined) return found
  throw new SalvorError('command_usage', {
    problem: `The plan names no stanza for ${system}, so there is nothing to take a ${context.params.kind ?? 'full'} one with.`,
    usage: `systems.${system}.backups: [{ kind: pgbackrest, stanza: … }]`,
  })
}

function describe({ id, takenAt, bytes, physical, problem }: RestorePoint): TakeOutput {
  return takeOutput.parse({
    id,
    takenAt,
    bytes,
    type: physical?.type,
    clusterBytes: physical?.clusterBytes,
    problem,
  })
}
