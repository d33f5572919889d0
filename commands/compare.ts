import { z } from 'zod'
import { defineJobCommand } from '../src/engine/say/define-job-command.ts'

const operand = z.string().regex(/^[^-]/, 'no name begins with a dash')

export const compare = defineJobCommand({
  name: 'compare',
  about: 'system',
  options: '[--with source|<system>|<database>] [--tables a,b]',
  summary: 'Names the very rows that differ from another database, across a schema that changed; it only reads.',
  examples: ['compare orders-db', 'compare orders-db --with source', 'compare orders-db --tables orders,clients'],
  flags: { with: 'word', tables: 'list' },
  params: { with: operand.optional(), tables: z.array(operand).min(1).optional() },
})
