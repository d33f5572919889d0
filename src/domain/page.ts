import { fillIn, type Message } from './message.ts'

/** Why nobody could be paged. */
const pageTroubles = {
  page_unset: 'the environment of the bot has no {name}',
  page_refused: 'its service answered with HTTP {status}',
  page_silent: 'its service did not answer in time',
  page_unreachable: 'its service cannot be reached: {said}',
} as const

/** Why nobody could be paged, as it is stored. */
export type PageTrouble = Message<typeof pageTroubles>

/** Its sentence, for where it is shown. */
export function describePageTrouble({ code, facts }: PageTrouble): string {
  return fillIn(pageTroubles[code], facts)
}
