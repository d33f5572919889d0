import { z } from 'zod'
import type { CardRow } from '../src/domain/card.ts'
import { markPerson, markTime, plainText } from '../src/domain/text.ts'
import { defineCommand } from '../src/engine/define-command.ts'

/** What one card can hold on a phone; older ones are opened by their number. */
const shown = 20

export const incidents = defineCommand({
  name: 'incidents',
  usage: 'incidents',
  summary: 'Lists all incidents, the newest first.',
  examples: ['incidents'],
  syntax: { words: [], flags: {} },
  params: z.strictObject({}),
  right: () => ({ kind: 'any_role' }),
  handle: async ({ store }) => {
    const all = (await store.listIncidents({})).filter(({ number }) => number > 0)
    const newest = all.sort((one, other) => other.number - one.number)
    const rows = newest.slice(0, shown).map(
      (one): CardRow => ({
        kind: 'text',
        text: `#${one.number} ${plainText(one.title)} · SEV${one.severity} · ${one.state}\nopened ${markTime(one.openedAt, 'both')} by ${markPerson(one.openedBy)}`,
      }),
    )
    if (newest.length > shown) {
      rows.push({ kind: 'small', text: `${newest.length - shown} older: \`status --incident <number>\`` })
    }
    if (newest.length === 0) rows.push({ kind: 'text', text: 'Open one: `open <what happened>`.' })
    const unclosed = newest.filter(({ state }) => state !== 'closed').length
    const headline = newest.length === 0 ? 'No incidents yet' : `${newest.length} incidents, ${unclosed} not closed`
    return { kind: 'private', card: { headline, rows, buttons: [], fallback: headline } }
  },
})
