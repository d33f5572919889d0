import { type LocalSlack, startLocalSlack } from '../../../sandbox/slack/index.ts'
import type { Answer } from '../../../src/engine/define-command.ts'
import { silentLog } from '../../../src/ports/log.ts'
import { createSlackEdge, type SlackEdge, type SlackEdgeDeps } from '../../../src/slack/edge.ts'
import type { Words } from '../../../src/slack/inbox.ts'
import { createMemoryLedger } from './memory-ledger.ts'
import { createMemoryMessages } from './memory-messages.ts'
import { createWorld, jobs, plan, type World } from './world.ts'

/** A local Slack, a world and a bot between them. */
export interface Workbench {
  readonly slack: LocalSlack
  readonly world: World
  readonly heard: Words[]
  readonly edge: () => SlackEdge
  /** What the bot is made of, for another one on the same store. */
  readonly deps: () => SlackEdgeDeps
  readonly messages: ReturnType<typeof createMemoryMessages>
  /** What the bot answers from now on. */
  answers(with_: (words: Words) => Answer | Promise<Answer>): void
  /** Ends the bot and starts another one on the same store. */
  restartBot(): Promise<void>
  stopBot(): Promise<void>
  startBot(): Promise<void>
  close(): Promise<void>
}

export const signingSecret = 'local-signing-secret'

/** Starts everything; `mode` says how Slack reaches the bot. */
export async function openWorkbench(mode: 'http' | 'socket', more: Partial<SlackEdgeDeps> = {}): Promise<Workbench> {
  const tokens = { botToken: 'xoxb-local', appToken: 'xapp-local' }
  const slack = await startLocalSlack({ ...tokens, signingSecret, workspace, botEvents })
  const world = createWorld()
  const messages = createMemoryMessages(() => [
    ...new Map(world.events.map(({ incident, no }) => [incident, { incident, no }])).values(),
  ])
  const ledger = createMemoryLedger()
  const heard: Words[] = []
  let answer: (words: Words) => Answer | Promise<Answer> = () => ({ kind: 'quiet' })
  let edge: SlackEdge | undefined
  const way = mode === 'http' ? { signingSecret } : { appToken: tokens.appToken }
  const deps = (): SlackEdgeDeps => ({
    config: { botToken: tokens.botToken, apiUrl: slack.apiUrl, port: 0, settleMs: 100, ...way },
    onWords: async (words) => {
      heard.push(words)
      return answer(words)
    },
    ...{ reader: world.reader, ledger, messages, jobs, plan: () => plan, log: silentLog },
    clock: { now: () => new Date() },
    onRefused: () => {},
    onUnreached: async () => {},
    readHome: async () => {
      throw new Error('nobody has a Home here')
    },
    useCode: async () => {},
    record: { pin: async () => ({ kind: 'quiet' }), unpin: async () => {}, follow: async () => {} },
    ...more,
  })
  const startBot = async () => {
    edge = createSlackEdge(deps())
    await edge.start()
    if (mode === 'http') slack.setRequestUrl(`http://127.0.0.1:${edge.port()}/slack/events`)
  }
  const stopBot = async () => {
    await edge?.stop()
    edge = undefined
  }
  await startBot()
  return {
    ...{ slack, world, heard, messages, deps, startBot, stopBot },
    edge: () => {
      if (!edge) throw new Error('the bot is stopped')
      return edge
    },
    answers: (with_) => {
      answer = with_
    },
    async restartBot() {
      await stopBot()
      await startBot()
    },
    async close() {
      await stopBot()
      await slack.close()
    },
  }
}

/** What the manifest asks for. */
const botEvents = [
  ...['app_home_opened', 'app_mention', 'message.channels', 'message.groups', 'message.im'],
  ...['reaction_added', 'reaction_removed'],
]

const user = (id: string, name: string) => ({ id, name, realName: name })

export const workspace = {
  team: { id: 'T0LOCAL', name: 'Local' },
  bot: { userId: 'U0BOT', botId: 'B0BOT', appId: 'A0BOT', name: 'salvor' },
  users: [
    user('U0ALICE', 'alice'),
    user('U0BOB', 'bob'),
    user('U0DAVE', 'dave'),
    { ...user('U0DANA', 'dana'), isAdmin: true },
  ],
  channels: [
    { id: 'C0INC', name: 'inc', members: ['U0BOT', 'U0ALICE', 'U0BOB', 'U0DANA'] },
    { id: 'C0OTHER', name: 'other', members: ['U0ALICE'] },
  ],
  userGroups: [{ id: 'S0DBAS', handle: 'dbas', users: ['U0DANA'] }],
}
