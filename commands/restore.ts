import { z } from 'zod'
import { defineCommand } from '../src/engine/define-command.ts'
import { askForJob } from '../src/engine/say/ask-for-job.ts'
import { ownerOf } from '../src/engine/say/rights.ts'

/** Refused by name, so that nobody believes that it was heard. */
const notYet = (flag: string) => z.never(`${flag} is not supported yet: the whole database is restored`).optional()

export const restore = defineCommand({
  name: 'restore',
  usage: 'restore <system> [--backup <id>|latest] [--properties live]',
  summary: 'Restores beside the live database, verifies, and switches once somebody else has approved.',
  examples: ['restore orders-db', 'restore orders-db --backup d-0130', 'restore orders-db --backup latest'],
  syntax: {
    words: [{ name: 'system', takes: 'system' }],
    flags: { backup: 'word', properties: 'word', at: 'time', tables: 'list', 'in-place': 'switch' },
  },
  params: z.strictObject({
    system: z.string(),
    backup: z
      .string()
      .regex(/^[A-Za-z0-9][\w.-]*$/, 'an id as `backups` lists them')
      .optional(),
    properties: z
      .string()
      .regex(/^live$/i, '`live`: without it the backup says them')
      .optional(),
    at: notYet('--at'),
    tables: notYet('--tables'),
    'in-place': notYet('--in-place'),
  }),
  right: ({ system }, plan) => ownerOf(system, plan),
  handle: (context, { system, backup, properties }) => {
    const chosen = backup?.toLowerCase() === 'latest' ? 'latest' : backup
    const params = {
      system,
      ...(chosen === undefined ? {} : { backup: chosen }),
      ...(properties === undefined ? {} : { properties: 'live' }),
    }
    return askForJob(context, 'restore', params)
  },
})
