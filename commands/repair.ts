import { z } from 'zod'
import { repairModes } from '../src/domain/repair.ts'
import { defineJobCommand } from '../src/engine/say/define-job-command.ts'

const operand = z.string().regex(/^[^-]/, 'no name begins with a dash')

export const repair = defineJobCommand({
  name: 'repair',
  about: 'system',
  options: `--tables a,b [--with source|<system>|<database>] [--mode ${repairModes.join('|')}] [--most 10000]`,
  summary: 'Brings rows that differ back from another database, by key: dry run, approval, commit, undo.',
  examples: ['repair orders-db --tables clients', 'repair orders-db --tables clients,orders --mode replace'],
  flags: { with: 'word', tables: 'list', mode: 'word', most: 'word' },
  params: {
    with: operand.optional(),
    tables: z.array(operand).min(1),
    mode: z.enum(repairModes).optional(),
    most: z.coerce.number().int().min(1).max(200_000).optional(),
  },
})
