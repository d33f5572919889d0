import { z } from 'zod'
import type { CardRow } from '../src/domain/card.ts'
import { SalvorError } from '../src/domain/errors/fail.ts'
import { defineCommand } from '../src/engine/define-command.ts'
import { findNearest } from '../src/engine/say/nearest.ts'
import { writeTimeEcho } from '../src/engine/say/zone-time.ts'

const severity = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)], 'a number from 1 to 4')

export const open = defineCommand({
  name: 'open',
  usage: 'open <title> [--severity 1-4] [--system <s>] [--began <time>] [--by <time>]',
  summary: 'Opens an incident: one root message that shows where it stands, everything else in its thread.',
  examples: [
    'open Orders lost after cut-over',
    'open Orders lost after cut-over --severity 1 --by 06:00',
    'open Orders lost —began 02:10 —system orders-db',
  ],
  syntax: {
    words: [{ name: 'title', takes: 'text' }],
    flags: { severity: 'number', system: 'word', began: 'time', by: 'deadline' },
  },
  params: z.strictObject({
    title: z.string().min(1).max(200, 'at most 200 characters'),
    severity: severity.default(2),
    system: z.string().toLowerCase().optional(),
    began: z.string().optional(),
    by: z.string().optional(),
  }),
  right: () => ({ kind: 'any_role' }),
  handle: async ({ said, plan, engine }, { title, severity, system, began, by }) => {
    if (system !== undefined && !Object.hasOwn(plan.systems, system)) {
      const known = Object.keys(plan.systems)
      throw new SalvorError('system_unknown', {
        system,
        nearest: findNearest(system, known) ?? 'none',
        known: known.join(', '),
      })
    }
    const incident = await engine.openIncident(said, {
      title,
      severity,
      system: system ?? null,
      channel: said.channel ?? plan.channel ?? null,
      beganAt: began ?? null,
      beganSource: began === undefined ? null : 'said',
      deadline: by ?? null,
    })
    const echo = (label: string, iso: string): CardRow => {
      return { kind: 'fact', label, text: writeTimeEcho(iso, plan.timezone) }
    }
    const rows = [
      ...(began === undefined ? [] : [echo('Migration began', began)]),
      ...(by === undefined ? [] : [echo('Back by', by)]),
    ]
    if (rows.length === 0) return { kind: 'quiet' }
    const headline = `#${incident.number} is open, with these times`
    return { kind: 'private', card: { headline, rows, buttons: [], fallback: headline } }
  },
})
