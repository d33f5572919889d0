import type { ArchiveTools } from '../../ports/archive-tools.ts'
import type { DatabaseProvider } from '../../ports/backup-providers.ts'

/** pg_dump's archives as one provider of backups among others. */
export function createDumpProvider(archives: ArchiveTools): DatabaseProvider {
  return {
    kind: 'pg_dump',
    list: ({ folder }) => archives.list(folder),
    prove: archives.prove,
    restoreInto: archives.load,
    backup: archives.dump,
  }
}
