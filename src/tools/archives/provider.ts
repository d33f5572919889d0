import { messageOf } from '../../domain/errors/error-message.ts'
import type { ArchiveTools } from '../../ports/archive-tools.ts'
import type { DatabaseProvider } from '../../ports/backup-providers.ts'

/** pg_dump's archives as one provider of backups among others. */
export function createDumpProvider(archives: ArchiveTools): DatabaseProvider {
  return {
    kind: 'pg_dump',
    capabilities: { takes: ['full'], moments: [], holds: 'database' },
    list: ({ folder }) => archives.list(folder),
    async describe({ folder }) {
      const { dump: version } = await archives.findPrograms(Number.MAX_SAFE_INTEGER)
      try {
        return { version, backups: (await archives.list(folder)).length, problem: null }
      } catch (thrown) {
        return { version, backups: 0, problem: messageOf(thrown) }
      }
    },
    prove: archives.prove,
    restoreInto: archives.load,
    backup: archives.dump,
  }
}
