import { z } from 'zod'
import { SalvorError } from '../src/domain/errors/fail.ts'
import { mustKnowLog } from '../src/domain/find-log.ts'
import { isResting } from '../src/domain/job.ts'
import { type CommandContext, defineCommand } from '../src/engine/define-command.ts'
import { askForJob } from '../src/engine/say/ask-for-job.ts'

export const logs = defineCommand({
  name: 'logs',
  usage: 'logs <log> [--since 30m] [--follow|--stop]',
  summary: 'Says what failed first in a log, why and where; --follow tells what is new in it until --stop.',
  examples: ['logs migration', 'logs migration --since 30m', 'logs migration --follow', 'logs migration --stop'],
  syntax: {
    words: [{ name: 'log', takes: 'word', optional: true }],
    flags: { since: 'word', follow: 'switch', stop: 'switch' },
  },
  params: z
    .strictObject({
      log: z.string().toLowerCase().optional(),
      since: z.string().optional(),
      follow: z.boolean().optional(),
      stop: z.boolean().optional(),
    })
    .refine(({ follow, stop }) => !(follow && stop), 'say --follow or --stop, not both')
    .refine(({ follow, since }) => !(follow && since !== undefined), 'what is followed begins now: leave out --since'),
  right: () => ({ kind: 'any_role' }),
  handle: async (context, { log: said, since, follow, stop }) => {
    const log = said ?? findOnly(context)
    mustKnowLog(context.plan, log)
    if (stop) {
      await context.engine.stop(context.said, await findFollower(context, log))
      return { kind: 'quiet' }
    }
    if (since !== undefined && !/^\d{1,6}(s|m|h|d)$/.test(since)) {
      throw new SalvorError('log_since', { since: since.slice(0, 40), log })
    }
    const more = { ...(since === undefined ? {} : { since }), ...(follow ? { follow } : {}) }
    return askForJob(context, 'logs', { log, ...more })
  },
})

/** A plan with a single log means that one. */
function findOnly({ plan }: CommandContext): string {
  const known = Object.keys(plan.logs)
  const [only] = known
  if (only !== undefined && known.length === 1) return only
  throw new SalvorError('log_which', { count: known.length, known: known.join(', ') || 'none' })
}

/** The job that follows a log, in whichever incident. */
async function findFollower({ store }: CommandContext, log: string): Promise<string> {
  const active = await store.listActiveJobs()
  const found = active.find(
    ({ job }) => job.kind === 'logs' && !isResting(job.state) && job.params.log === log && job.params.follow === true,
  )
  if (found === undefined) throw new SalvorError('log_not_followed', { log })
  return found.job.id
}
