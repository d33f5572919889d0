import { type Core, createFactor, createSayDeps } from './app.ts'
import { createShownCards } from './postgres/cards.ts'
import { createOutbox } from './postgres/outbox.ts'
import { describeEvent } from './report/describe-event.ts'
import type { Running } from './start-bot.ts'
import { openDesk } from './terminal/open-desk.ts'
import { nameAccount } from './tools/name-account.ts'

/** The bot's ear for terminals of its machine. Needs the plan in force, so it starts after the bot. */
export async function startDesk(core: Core, env: NodeJS.ProcessEnv, path: string): Promise<Running> {
  let plan = await core.engine.plans.inForce()
  const say = createSayDeps(core, env, () => plan)
  const plans = {
    ...say.plans,
    // Relative paths of the plan begin at its folder, which a newer plan may have moved.
    inForce: async () => {
      plan = await say.plans.inForce()
      return plan
    },
  }
  const obey = {
    say: { ...say, plans },
    describeEvent,
    factor: createFactor(core, env),
    outbox: createOutbox(core.pool),
    shown: createShownCards(core.pool),
  }
  const desk = await openDesk({ path, obey, nameAccount, log: core.log.child({ part: 'terminal' }) })
  return {
    stop: () => desk.close(),
    notReady: () => [],
    port: () => null,
  }
}
