import { z } from 'zod'
import { findMigration } from '../src/domain/find-migration.ts'
import { defineCommand } from '../src/engine/define-command.ts'
import { askForJob } from '../src/engine/say/ask-for-job.ts'
import { ownerOf, ownersOf } from '../src/engine/say/rights.ts'

export const rerun = defineCommand({
  name: 'rerun',
  usage: 'rerun <migration>',
  summary: 'Runs the plan’s migration again after approval, follows it, and checks what it left.',
  examples: ['rerun orders'],
  syntax: { words: [{ name: 'migration', takes: 'word' }], flags: {} },
  params: z.strictObject({ migration: z.string().toLowerCase() }),
  right: ({ migration }, plan) => {
    const system = Object.hasOwn(plan.migrations, migration) ? plan.migrations[migration]?.system : undefined
    // One that nobody knows is told so to those who could have asked for one.
    return system === undefined ? ownersOf(plan) : ownerOf(system, plan)
  },
  handle: async (context, { migration }) => {
    const { system } = findMigration(context.plan, { migration })
    return askForJob(context, 'rerun', { migration, system })
  },
})
