import { App, type AppOptions, HTTPReceiver, LogLevel } from '@slack/bolt'
import {
  type LocalSlack,
  type LocalSlackOptions,
  startLocalSlack,
  type Workspace,
} from '../../../sandbox/slack/index.ts'

/** Secrets of the test's workspace. */
export const secrets = { signingSecret: 'local-signing-secret', botToken: 'xoxb-local', appToken: 'xapp-1-local' }

/** A small workspace: a channel with the bot, one without it, and a private one. */
export const workspace: Workspace = {
  team: { id: 'T0LOCAL', name: 'Local' },
  bot: { userId: 'U0SALVOR', botId: 'B0SALVOR', appId: 'A0SALVOR', name: 'salvor' },
  users: [
    { id: 'U0ALICE', name: 'alice', realName: 'Alice' },
    { id: 'U0BOB', name: 'bob', realName: 'Bob' },
    { id: 'U0DANA', name: 'dana', realName: 'Dana' },
  ],
  channels: [
    { id: 'C0INC', name: 'incident', members: ['U0ALICE', 'U0BOB', 'U0DANA', 'U0SALVOR'] },
    { id: 'C0OTHER', name: 'other', members: ['U0ALICE', 'U0BOB'] },
    { id: 'C0SECRET', name: 'secret', members: ['U0DANA'], isPrivate: true },
  ],
  userGroups: [{ id: 'S0DBAS', handle: 'dbas', users: ['U0BOB', 'U0DANA'] }],
}

/** Starts a local workspace with the test's secrets. */
export function startWorkspace(options: Partial<LocalSlackOptions> = {}): Promise<LocalSlack> {
  return startLocalSlack({ ...secrets, workspace, ...options })
}

/** A real Bolt app that talks to a local workspace, with the usual mistakes of retrying left out. */
export interface RunningApp {
  readonly app: App
  stop(): Promise<void>
}

const clientOptions = (slack: LocalSlack) => ({ slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } })
const quiet = { token: secrets.botToken, logLevel: LogLevel.ERROR } satisfies AppOptions

/** Starts an app over HTTP on a free port and tells the workspace where it is. */
export async function startHttpApp(slack: LocalSlack, listeners: (app: App) => void): Promise<RunningApp> {
  const receiver = new HTTPReceiver({ signingSecret: secrets.signingSecret, logLevel: LogLevel.ERROR })
  const app = new App({ ...quiet, receiver, clientOptions: { ...clientOptions(slack), rejectRateLimitedCalls: true } })
  listeners(app)
  const server = await receiver.start(0)
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  slack.setRequestUrl(`http://127.0.0.1:${address.port}/slack/events`)
  return { app, stop: () => app.stop().then(() => undefined) }
}

/** Starts an app over Socket Mode. */
export async function startSocketApp(slack: LocalSlack, listeners: (app: App) => void): Promise<RunningApp> {
  const app = new App({ ...quiet, socketMode: true, appToken: secrets.appToken, clientOptions: clientOptions(slack) })
  listeners(app)
  await app.start()
  await slack.waitFor('a socket', () => slack.socketCount() > 0)
  // The receiver's stop() does not await the end of its socket.
  const stop = async () => {
    await app.stop()
    await slack.waitFor('the socket to be closed', () => slack.socketCount() === 0)
  }
  return { app, stop }
}

/** The error that a Web API call answered with, or `ok`. */
export async function readError(call: Promise<unknown>): Promise<string> {
  try {
    await call
    return 'ok'
  } catch (error) {
    const data = (error as { data?: { error?: string } }).data
    return data?.error ?? String(error)
  }
}
