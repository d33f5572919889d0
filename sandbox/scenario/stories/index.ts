import { badCutOver } from './bad-cut-over.ts'
import { halfFinishedLoad } from './half-finished-load.ts'
import type { Story } from './story.ts'
import { wrongMapping } from './wrong-mapping.ts'

/** Every story, the default one first. */
export const stories: readonly Story[] = [badCutOver, halfFinishedLoad, wrongMapping]

/** The story of that id; the default one without an id. Throws RangeError for an unknown id. */
export function findStory(id?: string): Story {
  const found = id === undefined ? badCutOver : stories.find((story) => story.id === id)
  if (found === undefined) throw new RangeError(`no story ${id}; there are ${stories.map((one) => one.id).join(', ')}`)
  return found
}
