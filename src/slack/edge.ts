import { setTimeout as wait } from 'node:timers/promises'
import { App } from '@slack/bolt'
import type { WebClient } from '@slack/web-api'
import { SalvorError } from '../domain/errors/fail.ts'
import type { RecoveryPlan } from '../domain/recovery-plan.ts'
import type { Answer } from '../engine/define-command.ts'
import type { JobRegister } from '../engine/define-job.ts'
import type { KeepRecord } from '../engine/say/keep-record.ts'
import type { Clock } from '../ports/clock.ts'
import type { Log } from '../ports/log.ts'
import type { MessageStore, RequestLedger } from '../ports/messages.ts'
import type { AnswerOutbox } from '../ports/outbox.ts'
import type { StoreReader } from '../ports/reader.ts'
import type { Route } from '../ports/routes.ts'
import type { SharedFiles } from '../ports/shared-files.ts'
import { createAddresses } from './address.ts'
import { createAdmission } from './admission.ts'
import { type AnswerPrivately, createPrivateAnswers } from './answer.ts'
import { createBoard } from './board.ts'
import { createCodeCheck } from './check-code.ts'
import { adaptLog, clientOptions, createClients } from './clients.ts'
import { createLiveCards } from './draw-live.ts'
import { createHomes, type ReadHome } from './home.ts'
import { createInbox, type Words } from './inbox.ts'
import { createMarks } from './marks.ts'
import { type ChannelMembers, createChannelMembers, createMembership, rememberMembers } from './membership.ts'
import { createModals } from './modals.ts'
import { createNames } from './names.ts'
import { createObedience } from './obey.ts'
import { createDirects } from './open-direct.ts'
import { holdsAnyRole, identifySlackUser, type ResolveGroup } from './people.ts'
import { createPoster } from './post.ts'
import { createPublisher, type Publisher } from './publish.ts'
import { createAnchorPublisher } from './publish-anchors.ts'
import { createAnswerPublisher } from './publish-answers.ts'
import type { UnreachedPeople } from './publish-cases.ts'
import { createEventPublisher } from './publish-event.ts'
import { createRunPublisher } from './publish-run.ts'
import { registerListeners } from './receive.ts'
import { createHttpReceiver, type RequestFault, type SlackReceiver } from './receive-http.ts'
import { createSocketReceiver } from './receive-socket.ts'
import { createRedraw } from './redraw.ts'
import { createSelf } from './self.ts'
import { createFileSharing } from './share-file.ts'
import { createSharedFiles } from './shared-files.ts'
import { createGroupResolver } from './user-groups.ts'

export interface SlackConfig {
  readonly botToken: string
  /** HTTP mode. Where both are given, this one wins. */
  readonly signingSecret?: string
  /** Socket Mode. */
  readonly appToken?: string
  /** Another Web API base, such as the sandbox's. */
  readonly apiUrl?: string
  /** 0 for any free port. In Socket Mode only `routes` are served there. */
  readonly port: number
  /** Default 127.0.0.1. */
  readonly host?: string
  /** Milliseconds until a lost answer is looked for; tests shorten it. */
  readonly settleMs?: number
}

/** Everything that Salvor hears from and says in Slack. */
export interface SlackEdge {
  start(): Promise<void>
  /** Takes nothing new, finishes what is under way (at most 5 s), gives the publishing to others. */
  stop(): Promise<void>
  readonly publisher: Pick<Publisher, 'nudge'>
  readonly client: WebClient
  /** Members of a user group by Slack user id, at most a minute old. Throws slack_unreachable: refuse then. */
  readonly resolveGroup: ResolveGroup
  readonly channelMembers: ChannelMembers
  /** Files that people share. */
  readonly files: SharedFiles
  /** True while Slack can reach the bot, as far as this side knows: for /readyz. */
  isReady(): boolean
  port(): number | null
}

export interface SlackEdgeDeps {
  readonly config: SlackConfig
  readonly onWords: (words: Words) => Promise<Answer>
  /** Uses up a person's one-time code; throws what is wrong with it. */
  readonly useCode: (person: string, code: string) => Promise<void>
  /** Keeps what people put on the record of an incident. */
  readonly record: KeepRecord
  readonly reader: StoreReader
  readonly ledger: RequestLedger
  readonly messages: MessageStore
  /** What was answered at terminals, for the thread. */
  readonly outbox?: AnswerOutbox
  /** The heads of the journals, where they may be posted as anchors. */
  readonly journals?: Pick<Parameters<typeof createAnchorPublisher>[0], 'listHeads' | 'hashOf'>
  /** What a person sees on their Home tab. */
  readonly readHome: ReadHome
  readonly jobs: JobRegister
  readonly plan: () => RecoveryPlan
  readonly clock: Clock
  readonly log: Log
  readonly routes?: readonly Route[]
  /** Puts on record whom no message about a case reached, once. */
  readonly onUnreached: (job: string, of: UnreachedPeople) => Promise<void>
  /** Refusals that never reach `onWords`: of a request as such (then without words), or of where words were said. */
  readonly onRefused: (error: SalvorError, words: Words | null) => void
}

/** Work that began with a click is given so long when the bot stops. */
const DRAIN_MS = 5000

/** Joins receiving and publishing. Nothing happens before `start`. */
export function createSlackEdge(deps: SlackEdgeDeps): SlackEdge {
  const { config, reader, messages, plan, clock } = deps
  const log = deps.log.child({ part: 'slack' })
  const stopping = new AbortController()
  const { interactive, background } = createClients({ botToken: config.botToken, apiUrl: config.apiUrl, log })
  const resolveGroup = createGroupResolver(interactive, clock)
  const names = createNames(background, plan)
  const settle = config.settleMs === undefined ? {} : { settleMs: config.settleMs }
  const poster = createPoster({ client: background, messages, names, clock, log, ...settle })
  const postAnew = createRedraw({ messages, reader, poster, log })
  const board = createBoard({ client: background, messages, names, postAnew, clock, log })
  const live = createLiveCards({ reader, jobs: deps.jobs, plan, resolveGroup, clock })
  const addressOf = createAddresses(background)
  const runs = createRunPublisher({ reader, messages, plan, resolveGroup, poster, board })
  const events = createEventPublisher({
    ...{ client: background, reader, messages, plan, live, addressOf, poster, board, runs, resolveGroup },
    ...{ outbox: deps.outbox, onUnreached: deps.onUnreached },
  })
  const inbox = createInbox(deps.ledger, () => clock.now().getTime(), log)
  /** False when it was cut short by the stop. */
  const sleep = (ms: number) => wait(ms, true, { signal: stopping.signal }).catch(() => false)
  const shareFile = createFileSharing({ client: background, poster, log, sleep })
  const { outbox } = deps
  const tellAnswers = outbox && createAnswerPublisher({ outbox, messages, poster, shareFile, log })
  const postAnchors = deps.journals && createAnchorPublisher({ ...deps.journals, messages, poster, plan, clock, log })
  const publisher = createPublisher({ reader, messages, events, board, tellAnswers, postAnchors, clock, log })
  const channelMembers = createChannelMembers(background)
  const identify = (user: string) => identifySlackUser(plan(), user)
  const homes = createHomes({
    ...{ client: background, readHome: deps.readHome, messages, addressOf, names, clock, log, identify },
    membersOf: rememberMembers(channelMembers, clock),
  })
  const answerInChannel = createPrivateAnswers(interactive, names, log)
  // The Home tab has no channel to be answered in, so it shows the answer itself.
  const answerPrivately: AnswerPrivately = async (card, place) =>
    place.channel === null ? homes.tell(place.user, card) : answerInChannel(card, place)
  const obey = createObedience({
    ...{ onWords: deps.onWords, reader, messages, poster, log, sleep },
    shareFile,
    openDirect: createDirects(background),
    answerPrivately,
    requireMember: createMembership(interactive, reader, clock),
    onRefused: deps.onRefused,
  })
  const modals = createModals({
    ...{ client: interactive, reader, answerPrivately, log },
    voice: () => names.privately(),
    mayRead: (person) => holdsAnyRole(plan(), person, resolveGroup),
  })
  const self = createSelf(interactive)
  const receiver = createReceiver(deps, log)
  const app = createApp(receiver, config, log)
  const onRepeated = () => deps.onRefused(new SalvorError('slack_replayed'), null)
  registerListeners(app, {
    inbox,
    modals,
    clock,
    obey(words, place, claim) {
      if (place.channel === null) homes.press(place.user)
      return obey(words, place, claim)
    },
    onRepeated,
    checkCode: createCodeCheck(deps.useCode),
    ...createAdmission({ self, answerPrivately, onRefused: (error) => deps.onRefused(error, null) }),
    marks: createMarks({
      ...{ client: background, reader, messages, record: deps.record, identify, answerPrivately, clock, log, sleep },
    }),
    async deleted({ channel, ts }) {
      const message = await messages.findAt(channel, ts)
      if (message && (await messages.recordDeleted(message.key, ts))) publisher.nudge()
    },
    identify,
    openHome: (user) => homes.open(user),
  })

  return {
    async start() {
      await app.start()
      void self.requireOwn({}).catch(() => {})
      publisher.start()
      homes.start()
    },
    async stop() {
      await receiver.stop()
      await inbox.drain(DRAIN_MS)
      stopping.abort()
      await Promise.all([publisher.stop(), homes.stop()])
    },
    publisher: {
      nudge() {
        publisher.nudge()
        homes.nudge()
      },
    },
    client: interactive,
    resolveGroup,
    channelMembers,
    files: createSharedFiles({ client: interactive, botToken: config.botToken, apiUrl: config.apiUrl, identify }),
    isReady: () => receiver.isReady(),
    port: () => receiver.port(),
  }
}

function createReceiver(deps: SlackEdgeDeps, log: Log): SlackReceiver {
  const { signingSecret, appToken, apiUrl, port, host = '127.0.0.1' } = deps.config
  const common = { port, host, routes: deps.routes ?? [], clock: deps.clock, log }
  const onRefused = (fault: RequestFault) => deps.onRefused(new SalvorError(fault), null)
  if (signingSecret) return createHttpReceiver({ ...common, signingSecret, onRefused })
  if (appToken) return createSocketReceiver({ ...common, appToken, apiUrl })
  throw new SalvorError('config_invalid', {
    problem: 'Slack needs SLACK_SIGNING_SECRET or SLACK_APP_TOKEN.',
    fix: 'Set SLACK_SIGNING_SECRET for HTTP, or SLACK_APP_TOKEN for Socket Mode.',
  })
}

/** Bolt without its own question to Slack at the start: the bot must come up while Slack is away. */
function createApp(receiver: SlackReceiver, config: SlackConfig, log: Log): App {
  const app = new App({
    receiver,
    authorize: async () => ({ botToken: config.botToken }),
    ignoreSelf: false,
    clientOptions: clientOptions(config.apiUrl, log),
    logger: adaptLog(log),
  })
  app.error(async (error) => log.error({ error: String(error) }, 'Bolt could not handle a delivery'))
  return app
}
