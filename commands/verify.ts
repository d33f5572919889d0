import { z } from 'zod'
import { defineJobCommand } from '../src/engine/say/define-job-command.ts'

const operand = z.string().regex(/^[^-]/, 'no name begins with a dash')

export const verify = defineJobCommand({
  name: 'verify',
  about: 'system',
  options: '[--against baseline|source|<database>] [--table <t>] [--deep]',
  summary: 'Proves the content and names what differs; tables written since count as not comparable.',
  examples: ['verify orders-db', 'verify orders-db --against baseline', 'verify orders-db --table orders --deep'],
  flags: { against: 'word', table: 'word', deep: 'switch' },
  params: { against: operand.optional(), table: operand.optional(), deep: z.boolean().optional() },
})
