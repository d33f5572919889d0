import { findEmoji } from '../blocks/index.tsx'

/** What the picker offers, the first three also beside each message. */
export const offeredEmoji: readonly string[] = [
  ...['white_check_mark', 'eyes', 'raised_hands', '+1', '-1', 'tada', 'pray', 'thinking_face'],
  ...['fire', 'rotating_light', 'hourglass_flowing_sand', 'rocket'],
]

/** An emoji by its name; unknown ones as they are written. */
export function showEmoji(name: string): string {
  return findEmoji(name) ?? `:${name}:`
}
