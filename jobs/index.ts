import type { AnyJobKind, JobRegister } from '../src/engine/define-job.ts'
import { restore } from './restore/index.ts'
import { undo } from './undo/index.ts'

/** Everything that Salvor can do. One line a kind. */
const kinds: readonly AnyJobKind[] = [restore, undo]

export const jobRegister: JobRegister = {
  find: (name) => kinds.find((kind) => kind.name === name),
  list: () => kinds,
}
