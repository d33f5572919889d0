import { type Logger, LogLevel, WebClient } from '@slack/web-api'
import type { Log } from '../ports/log.ts'

/** Longer than Slack usually takes, shorter than a person's patience. */
const BACKGROUND_TIMEOUT_MS = 10_000
/** A trigger id lives 3 s; waiting longer for a modal helps nobody. */
const INTERACTIVE_TIMEOUT_MS = 5_000

/**
 * Two clients, because a 429 on one method pauses a whole client: what a person waits for (modals, private answers)
 * must not queue behind progress. Neither repeats by itself: a repeated post is a second message.
 */
export interface SlackClients {
  readonly interactive: WebClient
  readonly background: WebClient
}

/** Makes both clients. `apiUrl` is another Web API base, such as the sandbox's. */
export function createClients(of: { botToken: string; apiUrl?: string | undefined; log: Log }): SlackClients {
  const make = (timeout: number) => new WebClient(of.botToken, { ...clientOptions(of.apiUrl, of.log), timeout })
  return { interactive: make(INTERACTIVE_TIMEOUT_MS), background: make(BACKGROUND_TIMEOUT_MS) }
}

/** Options of any client of Salvor; a new object each time, because the SDK changes what it is given. */
export function clientOptions(apiUrl: string | undefined, log: Log) {
  return {
    ...(apiUrl ? { slackApiUrl: apiUrl.endsWith('/') ? apiUrl : `${apiUrl}/` } : {}),
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: adaptLog(log),
  }
}

/** The SDK's logger over the house's: its texts are not constant, so they go into a field. Never at debug: payloads. */
export function adaptLog(log: Log): Logger {
  const said = (...parts: unknown[]) => ({ said: parts.map(String).join(' ').slice(0, 500) })
  return {
    debug() {},
    info: (...parts) => log.debug(said(...parts), 'slack sdk'),
    warn: (...parts) => log.warn(said(...parts), 'slack sdk'),
    error: (...parts) => log.warn(said(...parts), 'slack sdk'),
    setLevel() {},
    getLevel: () => LogLevel.INFO,
    setName() {},
  }
}
