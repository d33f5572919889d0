import { createServer, type RequestListener } from 'node:http'
import { Server } from 'node:net'
import { LogLevel, WebClient } from '@slack/web-api'
import { createEmulator } from 'emulate'
import { vi } from 'vitest'
import { findFreePort } from '../../../../sandbox/bootstrap/index.ts'
import { readBody } from '../../../../sandbox/slack/read-arguments.ts'
import { secrets, startWorkspace, workspace } from '../fixture.ts'

/** One implementation of Slack, as a client meets it. Both worlds have the same people, channels and bot. */
export interface World {
  readonly client: WebClient
  /** A client with another token, or with none. */
  withToken(token: string | undefined): WebClient
  /** A fresh trigger id, as if alice had pressed something. */
  trigger(): Promise<string>
  /** Lets time pass before the next call, so that no rate limit is in the way. */
  tick(): void
  /** Resolves once the newest file is shared: in Slack that takes a while after the answer. */
  shared(): Promise<unknown>
  /** Ids and timestamps that earlier steps learnt, by a name of the steps' own. */
  readonly known: Map<string, string>
  close(): Promise<void>
}

/** The workspace of this repository, with a clock of the test's own. */
export async function startOwnWorld(): Promise<World> {
  let clock = Date.UTC(2026, 0, 2, 3, 4, 5)
  const slack = await startWorkspace({ now: () => clock })
  const triggers: string[] = []
  const app = await listenOnLoopback((request, response) => {
    void readBody(request).then((body) => {
      triggers.push(new URLSearchParams(body.toString()).get('trigger_id') ?? '')
      response.end()
    })
  })
  slack.setRequestUrl(app.url)
  const withToken = (token: string | undefined) => connect(slack.apiUrl, token)
  return {
    client: withToken(secrets.botToken),
    withToken,
    async trigger() {
      await slack.as('alice').says('/recover help', { channel: 'incident' })
      return slack.waitFor('the command', () => triggers.shift())
    },
    tick: () => {
      clock += 10_000
    },
    shared: () => slack.waitFor('the file to be shared', () => (slack.files().at(-1)?.shares.length ?? 0) > 0),
    known: new Map(),
    async close() {
      await slack.close()
      await app.close()
    },
  }
}

/** The independent emulator, seeded with what the own workspace has. */
export async function startOtherWorld(): Promise<World> {
  const port = await findFreePort()
  const emulator = await onLoopback(() =>
    createEmulator({ service: 'slack', port, baseUrl: `http://127.0.0.1:${port}`, seed: { slack: seedLikeOwn() } }),
  )
  const withToken = (token: string | undefined) => connect(`${emulator.url}/api/`, token)
  const client = withToken(secrets.botToken)
  const known = new Map<string, string>()
  return {
    client,
    withToken,
    async trigger() {
      // Its way to get a trigger id without anybody who presses something.
      const answer = await client.apiCall('views.generateTriggerId', { user_id: known.get('alice') })
      return String((answer as { trigger_id?: unknown }).trigger_id)
    },
    tick: () => {},
    shared: async () => {},
    known,
    close: () => emulator.close(),
  }
}

function seedLikeOwn() {
  const { bot, users, channels, team } = workspace
  return {
    team: { name: team.name, domain: 'local' },
    users: users.map(({ name, realName }) => ({ name, real_name: realName, email: `${name}@example.com` })),
    channels: channels.map(({ name, isPrivate }) => ({ name, is_private: isPrivate ?? false })),
    oauth_apps: [
      {
        client_id: '1.1',
        client_secret: 'local',
        app_id: bot.appId,
        name: bot.name,
        redirect_uris: [],
        bot_id: bot.botId,
        bot_user_id: bot.userId,
        bot_name: bot.name,
      },
    ],
    tokens: [{ token: secrets.botToken, type: 'bot', user_id: bot.userId, bot_id: bot.botId, app_id: bot.appId }],
  }
}

function connect(slackApiUrl: string, token: string | undefined): WebClient {
  const quiet = { logLevel: LogLevel.ERROR, rejectRateLimitedCalls: true }
  return new WebClient(token, { slackApiUrl, retryConfig: { retries: 0 }, ...quiet })
}

/** The emulator would listen on every address of the machine; servers of this repository stay on loopback. */
async function onLoopback<T>(start: () => Promise<T>): Promise<T> {
  const listen = Server.prototype.listen as (this: Server, port: number, host: string, done: unknown) => Server
  const listening = Promise.withResolvers<void>()
  const spy = vi.spyOn(Server.prototype, 'listen').mockImplementation(function (this: Server, ...args: unknown[]) {
    this.once('listening', listening.resolve).once('error', listening.reject)
    return listen.call(this, Number(args[0]), '127.0.0.1', args.at(-1))
  })
  try {
    const started = await start()
    await listening.promise
    return started
  } finally {
    spy.mockRestore()
  }
}

async function listenOnLoopback(listener: RequestListener) {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const close = () => {
    server.closeAllConnections()
    return new Promise<void>((resolve) => server.close(() => resolve()))
  }
  return { url: `http://127.0.0.1:${address.port}/slack/events`, close }
}
