import { z } from 'zod'
import { parseMoment } from '../src/domain/physical-backup.ts'
import { defineCommand } from '../src/engine/define-command.ts'
import { askForJob } from '../src/engine/say/ask-for-job.ts'
import { ownerOf } from '../src/engine/say/rights.ts'

/** Refused by name, so that nobody believes that it was heard. */
const notYet = (flag: string) => z.never(`${flag} is not supported yet: the whole database is restored`).optional()

export const restore = defineCommand({
  name: 'restore',
  usage:
    'restore <system> [--backup <id>|latest] [--at <time>|lsn:<x>|name:<x>|xid:<x> [--before]] [--properties live]',
  summary: 'Restores beside the live database, verifies, and switches once somebody else has approved.',
  examples: [
    'restore orders-db',
    'restore orders-db --backup d-0130',
    'restore orders-db --backup latest',
    'restore orders-db --at 02:10',
  ],
  syntax: {
    words: [{ name: 'system', takes: 'system', named: true }],
    flags: { backup: 'word', properties: 'word', at: 'moment', before: 'switch', tables: 'list', 'in-place': 'switch' },
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
    at: z
      .string()
      .refine((text) => parseMoment(text, false) !== null, '--at takes a time, lsn:<x>, name:<x> or xid:<x>')
      .optional(),
    before: z.boolean().optional(),
    tables: notYet('--tables'),
    'in-place': notYet('--in-place'),
  }),
  right: ({ system }, plan) => ownerOf(system, plan),
  handle: (context, { system, backup, properties, at, before }) => {
    const chosen = backup?.toLowerCase() === 'latest' ? 'latest' : backup
    const params = {
      system,
      ...(chosen === undefined ? {} : { backup: chosen }),
      ...(at === undefined ? {} : { at, ...(before === true ? { before } : {}) }),
      ...(properties === undefined ? {} : { properties: 'live' }),
    }
    return askForJob(context, 'restore', params)
  },
})
