import { z } from 'zod'
import { defineCommand } from '../src/engine/define-command.ts'
import { askForJob } from '../src/engine/say/ask-for-job.ts'
import { ownerOf } from '../src/engine/say/rights.ts'

const operand = z.string().regex(/^[^-]/, 'no name begins with a dash')

export const verify = defineCommand({
  name: 'verify',
  usage: 'verify <system> [--against baseline|source|<database>] [--table <t>] [--deep]',
  summary: 'Proves the content and names what differs; tables written since count as not comparable.',
  examples: ['verify orders-db', 'verify orders-db --against baseline', 'verify orders-db --table orders --deep'],
  syntax: {
    words: [{ name: 'system', takes: 'system' }],
    flags: { against: 'word', table: 'word', deep: 'switch' },
  },
  params: z.strictObject({
    system: z.string(),
    against: operand.optional(),
    table: operand.optional(),
    deep: z.boolean().optional(),
  }),
  right: ({ system }, plan) => ownerOf(system, plan),
  handle: (context, { system, against, table, deep }) => {
    const params = {
      system,
      ...(against === undefined ? {} : { against }),
      ...(table === undefined ? {} : { table }),
      ...(deep === undefined ? {} : { deep }),
    }
    return askForJob(context, 'verify', params)
  },
})
