import { defineTexts, type Message } from './message.ts'

/** What a job left in the world, by stable code: cards, reports and whoever takes over name it. */
const texts = {
  side_database: 'side database {name}',
  scratch_database: 'scratch database {name}',
  scratch_folder: 'scratch folder {path} on the worker',
  scratch_kept: 'scratch folder {path} on the worker, which could not be removed: delete it by hand',
  scratch_begun: 'a cluster that was being brought up in {folder} on the worker',
  backup_copy: 'a copy of {backup} in {folder} on the worker',
  backup: 'the backup {path}',
  unknown: 'whatever {step} left: it could not be put away ({seen})',
} as const

/** One thing that was left behind: a code with its facts. */
export type LeftBehind = Message<typeof texts>

export const { make: leftBehind, describe: describeLeft, schema: leftBehindSchema } = defineTexts(texts)

/** What of a stored list can be read. */
export function readLeftBehind(stored: unknown): LeftBehind[] {
  const list = Array.isArray(stored) ? stored : [stored]
  return list.flatMap((one) => leftBehindSchema.safeParse(one).data ?? [])
}

/** Each thing once. */
export function listOnce(left: readonly LeftBehind[]): LeftBehind[] {
  return [...new Map(left.map((one) => [describeLeft(one), one])).values()]
}
