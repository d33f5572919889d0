import { z } from 'zod'
import { buildBackupsCard } from '../src/domain/cards/backups-card.ts'
import { buildLineCard } from '../src/domain/cards/line-card.ts'
import { type ErrorMessage, messageOf } from '../src/domain/errors/error-message.ts'
import { addressOf } from '../src/engine/address.ts'
import { listBackups } from '../src/engine/backups/list-backups.ts'
import { defineCommand } from '../src/engine/define-command.ts'

export const backups = defineCommand({
  name: 'backups',
  usage: 'backups <system>',
  summary: 'Lists restore points: kind, time, size, whether they can be used, how long a restore would take.',
  examples: ['backups orders-db'],
  syntax: { words: [{ name: 'system', takes: 'system' }], flags: {} },
  params: z.strictObject({ system: z.string() }),
  right: () => ({ kind: 'any_role' }),
  handle: async (context, { system }) => {
    const { plan, tools, incident } = context
    const found = plan.systems[system]
    if (tools === null) {
      const worker = found?.worker === undefined ? 'a worker' : `the worker ${found.worker}`
      const line = `This process cannot see the backups of ${system}; ${worker} can. Say \`salvor backups ${system}\` there.`
      return { kind: 'private', card: buildLineCard(line) }
    }
    const target = addressOf(context, system, { step: 'backups', fence: 0 })
    const unread: ErrorMessage[] = []
    const reach = { ...context, tools, target }
    const points = await listBackups(reach, system, (problem) => unread.push(messageOf(problem)))
    return { kind: 'private', card: buildBackupsCard(system, points, incident?.beganAt ?? null, unread) }
  },
})
