import { SalvorError } from '../../domain/errors/fail.ts'
import type { PhysicalBackup } from '../../domain/physical-backup.ts'
import type { PostgresSystem } from '../../domain/recovery-plan.ts'
import type { BackupPlace, StanzaPlace } from '../../ports/backup-providers.ts'

/** Where the plan says that a system's backups are, its paths made absolute, in the plan's order. */
export function listPlaces(of: PostgresSystem, resolvePath: (path: string) => string): BackupPlace[] {
  return of.backups.map((backup, place): BackupPlace => {
    if (backup.kind === 'pg_dump') return { kind: 'pg_dump', folder: resolvePath(backup.path) }
    const { stanza, configFile, scratch } = backup
    return {
      kind: 'pgbackrest',
      place,
      stanza,
      configFile: configFile === undefined ? null : resolvePath(configFile),
      scratch: { ...scratch, folder: resolvePath(scratch.folder) },
    }
  })
}

/** The stanza that a physical backup was listed in. Throws row_differs where the plan has another one there. */
export function findStanza(
  of: PostgresSystem,
  { place, stanza }: Pick<PhysicalBackup, 'place' | 'stanza'>,
  resolvePath: (path: string) => string,
): StanzaPlace {
  const found = listPlaces(of, resolvePath)[place]
  if (found?.kind === 'pgbackrest' && found.stanza === stanza) return found
  throw new SalvorError('row_differs', { step: stanza, what: `the plan has no stanza ${stanza} as backups[${place}]` })
}
