import { existsSync } from 'node:fs'
import { type Core, createWorkDeps } from './app.ts'
import { SalvorError } from './domain/errors/fail.ts'
import { createWorkLoop } from './engine/work/work-loop.ts'
import { rememberDigest } from './plan/remember-digest.ts'
import { createWorkerBook } from './postgres/workers.ts'
import { createWakeupWorker } from './queue/wakeups.ts'
import type { Running } from './start-bot.ts'
import { keepPresence } from './worker-presence.ts'

/** Jobs that one worker moves at once. Most of them wait for a tool, a lock or a person. */
const concurrency = 16
/** A step in this process that does not end within this time is left to whoever settles it. */
const graceMs = 5_000

/** The worker: follows wakeups for its name and for any, and looks at the store by itself. */
export async function startWorker(core: Core, env: NodeJS.ProcessEnv): Promise<Running> {
  const { config, log, queue } = core
  if (queue === null) throw new Error('a worker follows wakeups, and this process opened no queue')
  const name = config.SALVOR_WORKER
  const presence = await keepPresence({
    name,
    url: config.DATABASE_URL,
    book: createWorkerBook(core.pool),
    planDigest: async () => (await core.engine.plans.inForce()).digest,
    log,
  })
  let problem: string | null = null
  const digestHere = rememberDigest(config.SALVOR_PLAN)
  const mayWork = async (): Promise<boolean> => {
    if (presence.problem() !== null) return false
    problem = await findPlanProblem(core, digestHere)
    if (problem !== null) log.error({ problem }, 'this worker does not work on another plan than the bot')
    return problem === null
  }
  const deps = createWorkDeps(core, env)
  deps.prepareRunner?.()
  const loop = createWorkLoop(deps, mayWork)
  const taker = createWakeupWorker(queue, { name, concurrency, advance: loop.follow, log })
  await taker.start()
  loop.start()
  return {
    async stop() {
      await Promise.all([taker.stop(graceMs), loop.stop(graceMs)])
      await presence.stop()
    },
    notReady: () => [presence.problem(), problem].filter((one) => one !== null),
    port: () => null,
  }
}

/**
 * A worker needs no plan file: it takes the plan from the store. But where it has one that says something else,
 * somebody forgot it, and two plans must not work together.
 */
async function findPlanProblem(core: Core, digestHere: () => Promise<string>): Promise<string | null> {
  const { SALVOR_PLAN } = core.config
  if (!existsSync(SALVOR_PLAN)) return null
  try {
    const here = await digestHere()
    const there = (await core.engine.plans.inForce()).digest
    if (here === there) return null
    return new SalvorError('plan_differs', { here: here.slice(0, 8), there: there.slice(0, 8) }).message
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
