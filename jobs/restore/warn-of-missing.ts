import { type ApprovalWarning, warning } from '../../src/domain/approval-warnings.ts'
import type { ArchiveManifest } from '../../src/domain/content.ts'
import { describeNotInBackup, listNotInBackup } from '../../src/domain/not-in-backup.ts'

/** Named one by one; more are in Details, where all stand. */
const NAMED_MISSING = 5

/** What the archive never held, so that nobody looks for it afterwards. */
export function warnOfMissing(manifest: ArchiveManifest | null): ApprovalWarning[] {
  const missing = manifest === null ? [] : listNotInBackup(manifest)
  const more = missing.length - NAMED_MISSING
  return [
    ...missing
      .slice(0, NAMED_MISSING)
      .map((one) => warning('not_in_backup', { what: describeNotInBackup(one), is: one.code })),
    ...(more > 0 ? [warning('not_in_backup', { what: `${more} more, in Details`, is: 'more' })] : []),
  ]
}
