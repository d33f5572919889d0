import { commandRegister } from '../commands/index.ts'
import { type Core, createFactor, createSayDeps, sayError } from './app.ts'
import { SalvorError } from './domain/errors/fail.ts'
import { buildAnswerToError } from './engine/say/answer-error.ts'
import { failUnknownCommand } from './engine/say/problems.ts'
import { keepOrder, type OrderKeeper } from './engine/work/keep-order.ts'
import { createShownCards } from './postgres/cards.ts'
import { mayWrite } from './postgres/may-write.ts'
import { createOutbox } from './postgres/outbox.ts'
import { createWorkerBook } from './postgres/workers.ts'
import { describeEvent } from './report/describe-event.ts'
import { askCode } from './terminal/ask-code.ts'
import { exits } from './terminal/documents.ts'
import { readOsUser } from './terminal/identify.ts'
import { obey } from './terminal/obey.ts'
import { onlyReading } from './terminal/only-reading.ts'
import { readOptions, type TerminalOptions } from './terminal/options.ts'
import { createJsonPresenter, createTextPresenter, type Presenter, type Screen } from './terminal/present.ts'
import { createScreen } from './terminal/screen.ts'
import { findDesk, type Listener, speakAtDesk } from './terminal/speak-at-desk.ts'

/** True for what people say, options before or behind it, as against the roles of the program. */
export function isSaid(argv: readonly string[]): boolean {
  const [word = '', ...more] = argv.filter((one) => !/^(--.*|\d{6})$/.test(one))
  if (word.toLowerCase() === 'help' && more.length === 0) return false
  return commandRegister.some(({ name }) => name === word.toLowerCase())
}

/** Every command by its usage: what there is, not what the asker may run, because that takes a store to ask. */
export function listCommands(): string {
  return commandRegister.map(({ usage, summary }) => `  ${usage}\n      ${summary}\n`).join('')
}

/** About a word that is neither a command nor a role of the program. */
export function complainOf(word: string): string {
  return `${sayError(failUnknownCommand([word], commandRegister))}\n`
}

/**
 * Obeys what was typed after `salvor`, by way of the bot of this machine where one listens, else with a way to the
 * store of its own. Answers the exit code.
 */
export async function runTerminal(
  argv: readonly string[],
  env: NodeJS.ProcessEnv,
  open: () => Promise<Core>,
): Promise<number> {
  const screen = createScreen(env)
  const presenter = argv.includes('--json') ? createJsonPresenter(screen) : createTextPresenter(screen)
  try {
    const options = readOptions(argv)
    const live = !options.json && screen.size() !== undefined
    const ask = (person: string) => askCode(`One-time code of ${person}: `, process.stdin, screen.complain)
    const listener = { tell: presenter.show, ask, signal: watchInterrupts(screen.complain) }
    const path = env.SALVOR_SOCKET ?? ''
    const desk = path === '' ? null : await findDesk(path)
    if (desk) {
      const { sudo } = readOsUser(env)
      return await speakAtDesk(desk, path, { ...options, live, sudo }, listener)
    }
    if (path !== '' && !env.DATABASE_URL) throw new SalvorError('terminal_alone', { path })
    return await obeyHere(env, open, options, live, listener)
  } catch (error) {
    return endWith(presenter, screen, error)
  }
}

/** Whatever kept the words from being obeyed, in the same form as everything else. */
function endWith({ show }: Presenter, screen: Screen, error: unknown): number {
  const known = error instanceof SalvorError
  // Nobody but the person here reads this, and there is no log of a process to point at.
  if (!known) screen.complain(sayError(error))
  const code = known ? error.code : 'unexpected'
  const exit = code === 'command_usage' ? exits.usage : code === 'terminal_lost' ? exits.lost : exits.failed
  if (known) show({ type: 'answer', card: buildAnswerToError(error), refused: code, file: null })
  show({ type: 'end', exit, jobs: [] })
  return exit
}

/** In this process. */
async function obeyHere(
  env: NodeJS.ProcessEnv,
  open: () => Promise<Core>,
  options: TerminalOptions,
  live: boolean,
  { tell, ask, signal }: Listener,
): Promise<number> {
  const core = await open()
  let order: OrderKeeper | null = null
  try {
    const plan = await core.engine.plans.inForce()
    const all = createSayDeps(core, env, () => plan)
    const writes = await mayWrite(core.pool)
    const say = writes ? all : { ...all, engine: onlyReading(all.engine) }
    // No bot may be up that would do so, and an approval that ran out must be known as such before it is asked again.
    if (writes) order = keepOrder(core.engine, createWorkerBook(core.pool))
    await order?.look()
    const askHere = (card: Parameters<Parameters<typeof obey>[1]['ask']>[0], person: string) => {
      tell({ type: 'code_wanted', person, card })
      return ask(person)
    }
    const deps = {
      say,
      describeEvent,
      factor: createFactor(core, env),
      outbox: createOutbox(core.pool),
      shown: writes ? createShownCards(core.pool) : { record: async () => {} },
    }
    return await obey(deps, { user: readOsUser(env), options, live, signal, tell, ask: askHere })
  } finally {
    // A queue that is away must not keep a terminal waiting: nothing is lost with it.
    const closed = Promise.resolve(order?.stop()).then(() => core.close())
    await Promise.race([closed.catch(() => {}), new Promise((resolve) => setTimeout(resolve, 1_500).unref())])
  }
}

/** Ctrl-C ends the watching. The second one, a moment later, ends the process. */
function watchInterrupts(say: (text: string) => void): AbortSignal {
  const stopping = new AbortController()
  let first = 0
  process.on('SIGINT', () => {
    // A shell and whatever started this process may both pass on the same key.
    if (first > 0 && performance.now() - first > 500) process.exit(exits.unwatched)
    if (first === 0)
      say('\nNo longer watched. What was begun goes on: `salvor status` shows it, `salvor stop <job>` stops it.\n')
    first ||= performance.now()
    stopping.abort()
  })
  return stopping.signal
}
