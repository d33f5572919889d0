import { z } from 'zod'
import { buildLineCard } from '../src/domain/cards/line-card.ts'
import { defineCommand } from '../src/engine/define-command.ts'

export const stop = defineCommand({
  name: 'stop',
  usage: 'stop <job>|all',
  summary: 'Stops a job, or all of the incident, for real and says what is left.',
  examples: ['stop restore-3', 'stop all'],
  syntax: { words: [{ name: 'job', takes: 'job' }], flags: {} },
  params: z.strictObject({ job: z.string() }),
  right: () => ({ kind: 'any_role' }),
  handle: async ({ said, needIncident, engine }, { job }) => {
    if (job !== 'all') {
      await engine.stop(said, job)
      return { kind: 'quiet' }
    }
    const { number } = await needIncident()
    const stopped = await engine.stopAll(said, number)
    if (stopped.length > 0) return { kind: 'quiet' }
    return { kind: 'private', card: buildLineCard(`Nothing of #${number} is at work, so nothing was stopped.`) }
  },
})
