import type { AnyJobKind, JobRegister } from '../src/engine/define-job.ts'
import { backup } from './backup/index.ts'
import { baseline } from './baseline/index.ts'
import { compare } from './compare/index.ts'
import { config } from './config/index.ts'
import { fix } from './fix/index.ts'
import { freeze } from './freeze/index.ts'
import { logs } from './logs/index.ts'
import { repair } from './repair/index.ts'
import { rerun } from './rerun/index.ts'
import { restart } from './restart/index.ts'
import { restore } from './restore/index.ts'
import { test } from './test/index.ts'
import { thaw } from './thaw/index.ts'
import { uat } from './uat/index.ts'
import { undo } from './undo/index.ts'
import { verify } from './verify/index.ts'

/** Everything that Salvor can do. One line a kind. */
const kinds: readonly AnyJobKind[] = [
  backup,
  baseline,
  compare,
  config,
  fix,
  freeze,
  logs,
  repair,
  rerun,
  restart,
  restore,
  test,
  thaw,
  uat,
  undo,
  verify,
]

export const jobRegister: JobRegister = {
  find: (name) => kinds.find((kind) => kind.name === name),
  list: () => kinds,
}
