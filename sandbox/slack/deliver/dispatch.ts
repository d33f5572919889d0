import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Faults } from '../faults.ts'
import { recordViolation, type State } from '../state.ts'
import { type RawRequest, type RawResponse, sendHttp } from './send-http.ts'
import type { Sockets } from './sockets.ts'

/** How an app answered one payload. `payload` is what the acknowledgement carried, parsed where it is JSON. */
export interface Delivered {
  readonly ok: boolean
  readonly status: number
  readonly ackMs: number
  readonly ackBody: string
  readonly payload: unknown
  readonly failure?: 'operation_timeout' | 'dispatch_failed'
}

/** Sends payloads to the app: signed over HTTP when a request URL is set, else over Socket Mode. */
export interface Dispatch {
  command(fields: Record<string, string>): Promise<Delivered>
  interaction(payload: Record<string, unknown>): Promise<Delivered>
  /** Events are repeated up to three times when they are not acknowledged. */
  event(event: Record<string, unknown>): Promise<Delivered>
  raw(request: RawRequest): Promise<RawResponse>
  setRequestUrl(url: string | undefined): void
  /** False where payloads go over Socket Mode. */
  isOverHttp(): boolean
  /** Gives up the repetitions that are still to come. */
  close(): void
}

/** Delays of the three repetitions of an event: at once, after a minute, after five. */
const RETRY_DELAYS_MS = [0, 60_000, 300_000]

/** Joins HTTP and Socket Mode delivery. */
export function createDispatch(state: State, faults: Faults, sockets: Sockets, signingSecret: string): Dispatch {
  let requestUrl: string | undefined
  const timers = new Set<NodeJS.Timeout>()
  const overHttp = (raw: RawRequest): Promise<RawResponse> =>
    requestUrl
      ? sendHttp(requestUrl, signingSecret, Math.floor(state.now() / 1000), raw)
      : Promise.resolve({ status: 0, body: '', ackMs: 0, failure: 'dispatch_failed' })

  const deliver = async (type: string, payload: unknown, raw: RawRequest, retry?: Retry): Promise<Delivered> => {
    faults.needSlack()
    const envelope = retry ? { envelope_id: retry.id, retry_attempt: retry.attempt, retry_reason: 'timeout' } : {}
    const again = { envelope_id: `dup-${randomBytes(8).toString('hex')}` }
    const once = (extra: Record<string, unknown>, request: RawRequest) =>
      requestUrl ? overHttp(request).then(fromHttp) : sockets.send(type, payload, extra).then(fromSocket)
    if (!faults.isDoubling()) return once(envelope, raw)
    const first = once({ ...again, ...envelope }, raw)
    // Events come again with a retry header; anything else can only be repeated byte by byte by the network.
    const headers = type === 'events_api' ? { 'x-slack-retry-num': '1', 'x-slack-retry-reason': 'http_timeout' } : {}
    // A moment later, so that it is the original that a replay defence lets through.
    const second = sleep(20).then(() =>
      once({ ...again, retry_attempt: 1, retry_reason: 'timeout' }, { ...raw, headers }),
    )
    const [answer] = await Promise.all([first, second])
    return answer
  }

  const note = (kind: string, answer: Delivered): Delivered => {
    if (answer.ok) return answer
    const seen = answer.failure ?? `HTTP ${answer.status} ${answer.ackBody.slice(0, 200)}`
    recordViolation(state, 'not_acknowledged', kind, answer.failure ?? 'dispatch_failed', seen)
    return { ...answer, failure: answer.failure ?? 'dispatch_failed' }
  }

  const sendEvent = async (body: Record<string, unknown>, attempt: number, id: string): Promise<Delivered> => {
    const headers = { 'x-slack-retry-num': String(attempt), 'x-slack-retry-reason': 'http_timeout' }
    const raw = { body: JSON.stringify(body), contentType: 'application/json', ...(attempt > 0 ? { headers } : {}) }
    const answer = await deliver('events_api', body, raw, attempt > 0 ? { id, attempt } : undefined)
    const wait = RETRY_DELAYS_MS[attempt]
    if (answer.ok || wait === undefined) return note('events_api', answer)
    const timer = setTimeout(() => {
      timers.delete(timer)
      sendEvent(body, attempt + 1, id).catch(() => undefined)
    }, wait).unref()
    timers.add(timer)
    return note('events_api', answer)
  }

  return {
    command: async (fields) =>
      note('slash_command', await deliver('slash_commands', fields, { body: new URLSearchParams(fields).toString() })),
    interaction: async (payload) => {
      const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString()
      return note(String(payload.type), await deliver('interactive', payload, { body }))
    },
    async event(event) {
      if (faults.isLosingEvents()) return { ok: true, status: 200, ackMs: 0, ackBody: '', payload: undefined }
      return sendEvent(wrapEvent(state, event), 0, randomBytes(16).toString('hex'))
    },
    raw: overHttp,
    setRequestUrl(url) {
      requestUrl = url
    },
    isOverHttp: () => requestUrl !== undefined,
    close() {
      for (const timer of timers) clearTimeout(timer)
      timers.clear()
    },
  }
}

interface Retry {
  readonly id: string
  readonly attempt: number
}

function wrapEvent(state: State, event: Record<string, unknown>) {
  const { bot, team } = state.workspace
  return {
    token: 'verification',
    team_id: team.id,
    api_app_id: bot.appId,
    event,
    type: 'event_callback',
    event_id: `Ev${randomBytes(5).toString('hex').toUpperCase()}`,
    event_time: Math.floor(state.now() / 1000),
    authorizations: [{ enterprise_id: null, team_id: team.id, user_id: bot.userId, is_bot: true }],
    is_ext_shared_channel: false,
  }
}

function fromHttp(response: RawResponse): Delivered {
  const failure = response.failure ? { failure: response.failure } : {}
  const { status, ackMs, body } = response
  return { ok: status >= 200 && status < 300, status, ackMs, ackBody: body, payload: parse(body), ...failure }
}

function fromSocket(answer: Awaited<ReturnType<Sockets['send']>>): Delivered {
  const failure = answer.failure ? { failure: answer.failure } : {}
  const body =
    typeof answer.payload === 'string' ? answer.payload : answer.payload ? JSON.stringify(answer.payload) : ''
  const { acknowledged: ok, ackMs } = answer
  return { ok, status: ok ? 200 : 0, ackMs, ackBody: body, payload: answer.payload, ...failure }
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return body === '' ? undefined : body
  }
}
