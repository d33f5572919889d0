import { randomBytes } from 'node:crypto'
import { createDispatch } from './deliver/dispatch.ts'
import { createResponseUrls } from './deliver/response-urls.ts'
import type { RawRequest, RawResponse } from './deliver/send-http.ts'
import { createSockets } from './deliver/sockets.ts'
import { createTriggers } from './deliver/triggers.ts'
import { createFaults, type FaultSwitches } from './faults.ts'
import { readThread } from './messages.ts'
import type { MethodContext } from './methods/method.ts'
import { type PageOptions, servePage } from './page/serve-page.ts'
import type { Desk } from './people/desk.ts'
import { impersonate } from './people/impersonate.ts'
import type { Person } from './people/person.ts'
import { writeTranscript } from './read/transcript.ts'
import { waitFor } from './read/wait-for.ts'
import { listen } from './serve.ts'
import { serveDownload } from './serve-download.ts'
import { serveWebApi } from './serve-web-api.ts'
import { announceChange, createState, emptyState, findConversation, findUser } from './state.ts'
import type { ApiCall, Ephemeral, Message, Notification, StoredFile, Violation, Workspace } from './workspace.ts'

/** How a local workspace is started. */
export interface LocalSlackOptions {
  /** 0 or absent: any free port. */
  readonly port?: number
  readonly signingSecret: string
  readonly botToken: string
  /** Needed for Socket Mode. */
  readonly appToken?: string
  readonly workspace: Workspace
  /** HTTP mode: the app's `POST /slack/events`. Without it payloads go over Socket Mode. */
  readonly requestUrl?: string
  /** The app's bot scopes, as in its manifest: a method outside them answers `missing_scope`. Default: all. */
  readonly scopes?: readonly string[]
  /** The app's bot events, as in its manifest. Default: app_mention, app_home_opened, message.im. */
  readonly botEvents?: readonly string[]
  /** Milliseconds since the epoch; trigger ids, response URLs, timestamps and rate limits follow it. */
  readonly now?: () => number
  /** Opens the page: part of its address, and without it nothing of the page is answered. Default: a random one. */
  readonly pageKey?: string
  /** What its page offers beyond Slack: commands to complete, and a panel beside the conversation. */
  readonly page?: PageOptions
}

/** A running local workspace: what the app talks to, what people do, and what can be read back. */
export interface LocalSlack {
  readonly url: string
  /** Where the page is, key included: to be told to whoever may speak as everybody here. */
  readonly pageUrl: string
  /** To be given to Bolt as `slackApiUrl`. */
  readonly apiUrl: string
  setRequestUrl(url: string | undefined): void
  readonly violations: readonly Violation[]
  readonly calls: readonly ApiCall[]
  as(user: string): Person
  /** Messages of a channel that are not in a thread, oldest first. */
  messages(channel: string): Message[]
  /** Root and replies, oldest first. */
  thread(channel: string, rootTs: string): Message[]
  directMessages(user: string): Message[]
  ephemerals(user: string): Ephemeral[]
  files(): StoredFile[]
  notifications(user: string): Notification[]
  waitFor<T>(what: string, probe: () => T | undefined | false, timeoutMs?: number): Promise<T>
  transcript(channel: string): string
  /** Connections of Socket Mode that are open now. */
  socketCount(): number
  readonly faults: FaultSwitches
  /** Requests with timestamps and signatures of the test's own making, for forging and replaying. */
  readonly raw: { send(request: RawRequest): Promise<RawResponse> }
  /** As at the start: everything that was said is gone, every fault is off. Whoever looks at the page stays connected. */
  reset(): void
  /** Lets open pages look again, for what changed beside Slack. */
  refreshPages(): void
  close(): Promise<void>
}

/** Starts a workspace on loopback. It is as strict as Slack is, and says so in `violations`. */
export async function startLocalSlack(options: LocalSlackOptions): Promise<LocalSlack> {
  const state = createState(options.workspace, options.now ?? Date.now)
  let host = '127.0.0.1'
  const baseUrl = () => `http://${host}`
  const sockets = createSockets(state, () => host)
  const faults = createFaults({
    cut: () => sockets.cut(),
    disconnect: sockets.disconnect,
    changed: () => announceChange(state),
  })
  const triggers = createTriggers(state.now)
  const responseUrls = createResponseUrls(state, faults, baseUrl)
  const dispatch = createDispatch(state, faults, sockets, options.signingSecret)
  dispatch.setRequestUrl(options.requestUrl)
  const context: MethodContext = { state, faults, triggers, baseUrl, openSocketUrl: sockets.openUrl }
  const tokens = { bot: options.botToken, ...pick('app', options.appToken), ...pick('scopes', options.scopes) }
  const botEvents = new Set(options.botEvents ?? ['app_mention', 'app_home_opened', 'message.im'])
  const socketCount = () => (dispatch.isOverHttp() ? undefined : sockets.count())
  const desk: Desk = { state, dispatch, triggers, responseUrls, botEvents, faults, baseUrl, socketCount }
  const pageKey = options.pageKey ?? randomBytes(24).toString('base64url')
  const page = servePage(desk, pageKey, options.page)
  const webApi = serveWebApi(context, tokens)
  const download = serveDownload(state, tokens)
  const { server, port } = await listen(
    { state, faults, sockets, responseUrls, webApi, download, page },
    options.port ?? 0,
  )
  host = `127.0.0.1:${port}`

  const idOf = (channel: string) => findConversation(state, channel)?.id
  const userOf = (user: string) => findUser(state, user)?.id
  return {
    url: baseUrl(),
    pageUrl: `${baseUrl()}/${pageKey}`,
    apiUrl: `${baseUrl()}/api/`,
    setRequestUrl: dispatch.setRequestUrl,
    violations: state.violations,
    calls: state.calls,
    as: (user) => impersonate(desk, user),
    messages: (channel) => state.messages.filter((one) => one.channel === idOf(channel) && !one.threadTs),
    thread: (channel, rootTs) => readThread(state, idOf(channel) ?? channel, rootTs),
    directMessages: (user) =>
      state.messages.filter((one) => state.conversations.get(one.channel)?.directWith === userOf(user)),
    ephemerals: (user) => state.ephemerals.filter((one) => one.user === userOf(user)),
    files: () => [...state.files.values()],
    notifications: (user) => state.notifications.filter((one) => one.user === userOf(user)),
    waitFor: (what, probe, timeoutMs) => waitFor(state, what, probe, timeoutMs),
    transcript: (channel) => writeTranscript(state, channel),
    socketCount: sockets.count,
    faults: faults.switches,
    raw: { send: dispatch.raw },
    reset() {
      dispatch.close()
      faults.calm()
      emptyState(state)
    },
    refreshPages: () => announceChange(state),
    async close() {
      dispatch.close()
      sockets.close()
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

/** A field that is left out when there is no value, as exact optional properties want it. */
function pick<Name extends string, Value>(name: Name, value: Value | undefined) {
  return (value === undefined ? {} : { [name]: value }) as { [Key in Name]?: Value }
}
