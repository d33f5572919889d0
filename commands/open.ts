import { z } from 'zod'
import type { CardRow } from '../src/domain/card.ts'
import { SalvorError } from '../src/domain/errors/fail.ts'
import { findNearest } from '../src/domain/nearest.ts'
import { type CommandContext, defineCommand } from '../src/engine/define-command.ts'
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
  handle: async (context, { title, severity, system, began, by }) => {
    const { said, plan, engine } = context
    if (system !== undefined && !Object.hasOwn(plan.systems, system)) {
      const known = Object.keys(plan.systems)
      throw new SalvorError('system_unknown', {
        system,
        nearest: findNearest(system, known) ?? 'none',
        known: known.join(', '),
      })
    }
    const fromLog = began === undefined ? await readBeganFromLog(context, system ?? null) : null
    const incident = await engine.openIncident(said, {
      title,
      severity,
      system: system ?? null,
      channel: said.channel ?? plan.channel ?? null,
      beganAt: began ?? fromLog,
      beganSource: began !== undefined ? 'said' : fromLog !== null ? 'log' : null,
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

/**
 * When the migration began, by the first time in its log: backups are chosen by it. Only where the plan leaves no
 * doubt which migration is meant, and where this process can read its log.
 */
async function readBeganFromLog(context: CommandContext, system: string | null): Promise<string | null> {
  const { plan, tools } = context
  const migrations = Object.values(plan.migrations).filter((one) => system === null || one.system === system)
  const [migration, second] = migrations
  const log = migration?.log === undefined ? undefined : plan.logs[migration.log]
  if (!tools || second || log?.path === undefined || log.host !== undefined) return null
  return tools.logs.readFirstTime(context.resolvePath(log.path), plan.timezone)
}
