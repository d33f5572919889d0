import { randomUUID } from 'node:crypto'
import { commandRegister } from '../commands/index.ts'
import { type Core, createFactor, createSayDeps, sayError } from './app.ts'
import { SalvorError } from './domain/errors/fail.ts'
import type { Person } from './domain/person.ts'
import type { RecoveryPlan } from './domain/recovery-plan.ts'
import type { SayDeps } from './engine/say/deps.ts'
import { describeEvent } from './report/describe-event.ts'
import { askCode } from './terminal/ask-code.ts'
import { exits } from './terminal/documents.ts'
import type { AskCode } from './terminal/guard-decisions.ts'
import { identifyOsUser, type OsUser, readOsUser } from './terminal/identify.ts'
import { isUsage, obey } from './terminal/obey.ts'
import { readOptions, type TerminalOptions } from './terminal/options.ts'
import { createJsonPresenter, createTextPresenter, type Screen } from './terminal/present.ts'
import { createScreen } from './terminal/screen.ts'

/** True for words that a person may say, as against the roles of the program. */
export function isCommand(word: string): boolean {
  return commandRegister.some(({ name }) => name === word.toLowerCase())
}

/** Obeys what was typed after `salvor`; answers the exit code. */
export async function runTerminal(
  argv: readonly string[],
  env: NodeJS.ProcessEnv,
  open: () => Promise<Core>,
): Promise<number> {
  const screen = createScreen(env)
  try {
    const options = readOptions(argv)
    const core = await open()
    try {
      return await obeyHere(core, env, options, screen)
    } finally {
      // A queue that is away must not keep a terminal waiting: nothing is lost with it.
      await Promise.race([core.close().catch(() => {}), new Promise((resolve) => setTimeout(resolve, 1_500).unref())])
    }
  } catch (error) {
    screen.complain(sayError(error))
    return isUsage(error) ? exits.usage : exits.failed
  }
}

/** In this process, with its own way to the store. */
async function obeyHere(core: Core, env: NodeJS.ProcessEnv, options: TerminalOptions, screen: Screen): Promise<number> {
  const plan: RecoveryPlan = await core.engine.plans.inForce()
  const say = createSayDeps(core, env, () => plan)
  const person = await identify(say, plan, readOsUser(env), options.words)
  const presenter = options.json ? createJsonPresenter(screen) : createTextPresenter(screen)
  const stopping = watchInterrupts()
  const live = !options.json && screen.size() !== undefined
  const tell = presenter.show
  const ask: AskCode = (card) => {
    tell({ type: 'code_wanted', person: person.id, card })
    return askCode(`One-time code of ${person.id}: `, process.stdin, screen.complain)
  }
  const factor = createFactor(core, env)
  return await obey({ say, describeEvent, factor }, { person, options, live, signal: stopping, tell, ask })
}

/** Whom the account belongs to; that it belongs to nobody goes into the journal `system`. */
async function identify(say: SayDeps, plan: RecoveryPlan, user: OsUser, words: string): Promise<Person> {
  try {
    return identifyOsUser(plan, user)
  } catch (thrown) {
    if (thrown instanceof SalvorError) {
      const os = user.name ?? String(user.uid)
      const at = say.clock.now().toISOString()
      const nobody = { id: `os:${os}`, slack: null, os }
      const via = { via: 'terminal', channel: null, thread: null } as const
      const said = { requestId: `terminal:${randomUUID()}`, person: nobody, ...via, at }
      const data = { words: words.slice(0, 500), code: thrown.code, said: thrown.message }
      await say.engine.recordRefusal(said, null, data).catch(() => {})
    }
    throw thrown
  }
}

/** Ctrl-C ends the watching. The second one, a moment later, ends the process. */
function watchInterrupts(): AbortSignal {
  const stopping = new AbortController()
  let first = 0
  process.on('SIGINT', () => {
    // A shell and whatever started this process may both pass on the same key.
    if (first > 0 && performance.now() - first > 500) process.exit(exits.unwatched)
    first ||= performance.now()
    stopping.abort()
  })
  return stopping.signal
}
