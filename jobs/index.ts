import type { AnyJobKind, JobRegister } from '../src/engine/define-job.ts'

/** Everything that Salvor can do. One line a kind. */
const kinds: readonly AnyJobKind[] = []

export const jobRegister: JobRegister = {
  find: (name) => kinds.find((kind) => kind.name === name),
  list: () => kinds,
}
