import { listUnreached } from '../ask.ts'
import type { Card } from '../card.ts'
import type { EventMap } from '../events.ts'
import type { Job } from '../job.ts'
import { markPerson } from '../text.ts'

/** Tells whoever asked for a job whom no message reached, by name, and what can be done. */
export function buildUnreachedCard(
  { id, requester }: Pick<Job, 'id' | 'requester'>,
  of: EventMap['people_unreached'],
): Card {
  const headline = `⚠ ${id} cannot reach everybody whom it asks`
  const who = listUnreached(of)
  return {
    headline,
    rows: [
      { kind: 'text', text: `${markPerson(requester)}: ${who.join(', ')}.` },
      {
        kind: 'text',
        text: `Tell them: \`status\` and Salvor's Home list the cases, and \`pass ${id} 1\` judges one, in the channel or at a terminal.`,
      },
      {
        kind: 'small',
        text: 'Or mend the plan: whoever has a Slack id under `people`, or holds the role, by the next reminder gets the cases with it.',
      },
    ],
    buttons: [],
    fallback: `${markPerson(requester)} ${headline}: ${who.join(', ')}`,
  }
}
