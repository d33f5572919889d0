import type { ArchiveTools } from './archive-tools.ts'
import type { BackupProviders } from './backup-providers.ts'
import type { ContentTools } from './content-tools.ts'
import type { DatabaseTools } from './database-tools.ts'
import type { FileTools } from './file-tools.ts'
import type { LogTools } from './log-tools.ts'
import type { ProgramTools } from './program-tools.ts'
import type { RemedyTools } from './remedy-tools.ts'
import type { ServiceTools } from './service-tools.ts'

/** The only hands: everything that a step can do to the world. */
export interface Tools {
  readonly archives: ArchiveTools
  readonly backups: BackupProviders
  readonly content: ContentTools
  readonly databases: DatabaseTools
  readonly remedies: RemedyTools
  readonly services: ServiceTools
  readonly files: FileTools
  readonly logs: LogTools
  readonly programs: ProgramTools
}
