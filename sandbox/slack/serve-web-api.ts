import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { CallFault } from './faults.ts'
import { type MethodEntry, methods } from './methods/index.ts'
import { type Args, type MethodContext, Refusal, readText } from './methods/method.ts'
import { findMissingScope } from './methods/scopes.ts'
import { createRateLimits } from './rate-limits.ts'
import { readArguments, readBody, readToken } from './read-arguments.ts'
import { announceChange, recordViolation } from './state.ts'

/** Tokens that are accepted, and the scopes of the bot's; without a list every scope is granted. */
export interface Tokens {
  readonly bot: string
  readonly app?: string
  readonly scopes?: readonly string[]
}

interface Answer {
  readonly status: number
  readonly body: Record<string, unknown>
  readonly headers?: Record<string, string>
  readonly injected: boolean
}

/** Answers `POST /api/<method>`: faults first, then rate limits, token, the method; every call is recorded. */
export function serveWebApi(context: MethodContext, tokens: Tokens) {
  const limits = createRateLimits(context.state.now)
  return async (method: string, request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const fault = context.faults.takeFor(method)
    const { args, problem } = await collect(request)
    if (fault.slowMs) await sleep(fault.slowMs)
    const answer = problem ?? answerCall(context, tokens, limits, method, request, args, fault)
    record(context, method, args, answer, fault)
    if (fault.dropAnswer) return void request.socket.destroy()
    response.writeHead(answer.status, { 'content-type': 'application/json; charset=utf-8', ...answer.headers })
    response.end(JSON.stringify(answer.body))
  }
}

function answerCall(
  context: MethodContext,
  tokens: Tokens,
  limits: ReturnType<typeof createRateLimits>,
  method: string,
  request: IncomingMessage,
  args: Args,
  fault: CallFault,
): Answer {
  if (fault.rateLimitSeconds !== undefined) return limited(fault.rateLimitSeconds, true)
  if (fault.status !== undefined) return { status: fault.status, body: {}, injected: true }
  const entry = Object.hasOwn(methods, method) ? methods[method] : undefined
  if (!entry) return refused('unknown_method')
  const tokenProblem = checkToken(entry, tokens, readToken(request, args))
  if (tokenProblem) return refused(tokenProblem)
  const provided = tokens.scopes?.join(',')
  const needed = tokens.scopes && findMissingScope(context.state, method, args, new Set(tokens.scopes))
  if (needed) return refused('missing_scope', { needed, provided })
  const wait = takeAllowance(limits, method, entry, args)
  if (wait !== undefined) return limited(wait, false)
  try {
    const headers = provided === undefined ? {} : { 'x-oauth-scopes': provided }
    return { status: 200, body: { ok: true, ...entry.run(context, args) }, headers, injected: false }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return refused(error.error, error.extra, error.injected)
  }
}

/** chat.postMessage is counted by channel, and by workspace as a whole; the rest by method. */
function takeAllowance(
  limits: ReturnType<typeof createRateLimits>,
  method: string,
  entry: MethodEntry,
  args: Args,
): number | undefined {
  if (method !== 'chat.postMessage') return limits.take(method, entry.allowance)
  const perChannel = limits.take(`${method} ${readText(args, 'channel') ?? ''}`, entry.allowance)
  return perChannel ?? limits.take(method, { perMinute: 300, burst: 100 })
}

function checkToken(entry: MethodEntry, tokens: Tokens, token: string | undefined): string | undefined {
  const wanted = entry.token ?? 'bot'
  if (wanted === 'none') return undefined
  if (token === undefined) return 'not_authed'
  if (token === tokens[wanted]) return undefined
  return token === tokens.bot || token === tokens.app ? 'not_allowed_token_type' : 'invalid_auth'
}

async function collect(request: IncomingMessage): Promise<{ args: Args; problem?: Answer }> {
  try {
    return { args: await readArguments(request, await readBody(request)) }
  } catch (error) {
    if (error instanceof Refusal) return { args: {}, problem: refused(error.error) }
    throw error
  }
}

function record(context: MethodContext, method: string, args: Args, answer: Answer, fault: CallFault): void {
  const { state } = context
  const { token: _secret, ...shown } = args
  const error = typeof answer.body.error === 'string' ? answer.body.error : undefined
  state.calls.push({
    method,
    args: parseShown(shown),
    status: fault.dropAnswer ? 0 : answer.status,
    ok: answer.body.ok === true,
    ...(error ? { error } : {}),
    injected: answer.injected || fault.dropAnswer === true,
    at: state.now(),
  })
  announceChange(state)
  if (answer.body.ok === true || answer.injected) return
  if (error !== undefined && methods[method]?.probes?.includes(error)) return
  const { errors, response_metadata, needed } = answer.body
  const messages = JSON.stringify(errors ?? response_metadata ?? needed ?? {})
  const kind = answer.status === 429 ? 'rate_limited' : 'refused'
  recordViolation(state, kind, method, error ?? `HTTP ${answer.status}`, messages === '{}' ? '' : messages)
}

/** Forms carry blocks, views and metadata as JSON text; whoever reads the record wants the objects. */
function parseShown(args: Args): Args {
  const parsed = Object.entries(args).map(([name, value]) => {
    if (typeof value !== 'string' || !/^[[{]/.test(value)) return [name, value]
    try {
      return [name, JSON.parse(value)]
    } catch {
      return [name, value]
    }
  })
  return Object.fromEntries(parsed) as Args
}

function refused(error: string, extra: Record<string, unknown> = {}, injected = false): Answer {
  return { status: 200, body: { ok: false, error, ...extra }, injected }
}

function limited(seconds: number, injected: boolean): Answer {
  return {
    status: 429,
    body: { ok: false, error: 'ratelimited' },
    headers: { 'retry-after': String(seconds) },
    injected,
  }
}
