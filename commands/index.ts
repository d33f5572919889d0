import type { AnyCommand } from '../src/engine/define-command.ts'
import { approve } from './approve.ts'
import { backup } from './backup.ts'
import { backups } from './backups.ts'
import { baseline } from './baseline.ts'
import { blocked } from './blocked.ts'
import { brief } from './brief.ts'
import { close } from './close.ts'
import { comment } from './comment.ts'
import { compare } from './compare.ts'
import { config } from './config.ts'
import { done } from './done.ts'
import { fail } from './fail.ts'
import { fix } from './fix.ts'
import { freeze } from './freeze.ts'
import { handover } from './handover.ts'
import { help } from './help.ts'
import { incidents } from './incidents.ts'
import { logs } from './logs.ts'
import { note } from './note.ts'
import { open } from './open.ts'
import { pass } from './pass.ts'
import { plan } from './plan.ts'
import { reject } from './reject.ts'
import { reopen } from './reopen.ts'
import { repair } from './repair.ts'
import { report } from './report.ts'
import { rerun } from './rerun.ts'
import { restart } from './restart.ts'
import { restore } from './restore.ts'
import { resume } from './resume.ts'
import { retry } from './retry.ts'
import { run } from './run.ts'
import { status } from './status.ts'
import { stop } from './stop.ts'
import { test } from './test.ts'
import { thaw } from './thaw.ts'
import { uat } from './uat.ts'
import { undo } from './undo.ts'
import { update } from './update.ts'
import { verify } from './verify.ts'

/** Everything that a person can say, in the order of `help`. One line a command. */
export const commandRegister: readonly AnyCommand[] = [
  help,
  open,
  status,
  brief,
  incidents,
  plan,
  run,
  done,
  backups,
  backup,
  baseline,
  restore,
  verify,
  compare,
  repair,
  test,
  uat,
  pass,
  fail,
  blocked,
  comment,
  logs,
  fix,
  rerun,
  freeze,
  thaw,
  config,
  restart,
  approve,
  reject,
  stop,
  resume,
  retry,
  undo,
  note,
  update,
  handover,
  report,
  close,
  reopen,
]
