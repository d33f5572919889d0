import { approvalErrors } from './approval.ts'
import { archiveErrors } from './archive.ts'
import { backupErrors } from './backup.ts'
import { commandErrors } from './command.ts'
import { doubtErrors } from './doubt.ts'
import { engineErrors } from './engine.ts'
import { fileErrors } from './file.ts'
import { logErrors } from './log.ts'
import { planErrors } from './plan.ts'
import { remedyErrors } from './remedy.ts'
import { runErrors } from './run.ts'
import { serviceErrors } from './service.ts'
import { slackErrors } from './slack.ts'
import { targetErrors } from './target.ts'
import { terminalErrors } from './terminal.ts'
import { uploadErrors } from './upload.ts'

/**
 * Every error that a person can meet, by stable code. `says` is what was seen, `hint` what to do next;
 * `{names}` are filled with facts. One file a subject; docs/errors.md documents each code (a test checks it).
 */
export const errorCatalogue = {
  ...approvalErrors,
  ...archiveErrors,
  ...backupErrors,
  ...commandErrors,
  ...doubtErrors,
  ...engineErrors,
  ...fileErrors,
  ...logErrors,
  ...planErrors,
  ...remedyErrors,
  ...runErrors,
  ...serviceErrors,
  ...slackErrors,
  ...targetErrors,
  ...terminalErrors,
  ...uploadErrors,
} as const satisfies Record<string, ErrorEntry>

export interface ErrorEntry {
  readonly says: string
  readonly hint: string
}

export type ErrorCode = keyof typeof errorCatalogue
