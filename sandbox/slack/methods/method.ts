import { checkBlocks, describeProblems } from '../blocks/check.ts'
import type { Triggers } from '../deliver/triggers.ts'
import type { Faults } from '../faults.ts'
import type { Conversation, State } from '../state.ts'
import { findConversation } from '../state.ts'
import type { Block } from '../workspace.ts'

/** Arguments of one call: strings from forms, JSON values from JSON bodies. */
export type Args = Readonly<Record<string, unknown>>

/** What methods may reach. `openSocketUrl` hands out a single-use address for Socket Mode. */
export interface MethodContext {
  readonly state: State
  readonly faults: Faults
  readonly triggers: Triggers
  readonly baseUrl: () => string
  readonly openSocketUrl: () => string
}

/** One method of the Web API: returns the fields beside `ok: true`, or throws a Refusal. */
export type Method = (context: MethodContext, args: Args) => Record<string, unknown>

/** An answer of `ok: false`. `injected` marks faults that a test asked for. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly error: string
  readonly extra: Record<string, unknown>
  readonly injected: boolean
  constructor(error: string, extra: Record<string, unknown> = {}, injected = false) {
    super(error)
    this.error = error
    this.extra = extra
    this.injected = injected
  }
}

/** A text argument; undefined when absent or empty. */
export function readText(args: Args, name: string): string | undefined {
  const value = args[name]
  if (value === undefined || value === null || value === '') return undefined
  return typeof value === 'string' ? value : String(value)
}

/** A text argument without which the method answers `missing_argument` or the given error. */
export function requireText(args: Args, name: string, error = 'invalid_arguments'): string {
  const value = readText(args, name)
  if (value !== undefined) return value
  const messages = [`[ERROR] missing required field: ${name}`]
  throw new Refusal(error, error === 'invalid_arguments' ? { response_metadata: { messages } } : {})
}

/** A yes-or-no argument. */
export function readFlag(args: Args, name: string): boolean {
  return ['true', '1', true, 1].includes(args[name] as string | boolean | number)
}

/** A whole number, or the default. */
export function readNumber(args: Args, name: string, otherwise: number): number {
  const value = Number(args[name] ?? otherwise)
  return Number.isFinite(value) ? value : otherwise
}

/** A JSON argument: already parsed, or a string that holds JSON. */
export function readJson(args: Args, name: string, error: string): unknown {
  const value = args[name]
  if (value === undefined || value === null || value === '') return undefined
  if (typeof value !== 'string') return value
  try {
    return JSON.parse(value)
  } catch {
    throw new Refusal(error)
  }
}

/** Blocks of a message, refused as Slack does when any of them breaks a rule. */
export function readBlocks(context: Pick<MethodContext, 'faults'>, args: Args): Block[] | undefined {
  const blocks = readJson(args, 'blocks', 'invalid_blocks_format')
  if (blocks === undefined) return undefined
  if (!Array.isArray(blocks)) throw new Refusal('invalid_blocks_format')
  if (blocks.length > 50) throw new Refusal('msg_blocks_too_many', describeProblems(checkBlocks(blocks, 'message')))
  const pretended = context.faults.findPretendedInvalid(blocks)
  if (pretended) throw new Refusal('invalid_blocks', describeProblems([pretended]), true)
  const problems = checkBlocks(blocks, 'message')
  if (problems.length > 0) throw new Refusal('invalid_blocks', describeProblems(problems))
  return blocks as Block[]
}

/** A conversation that the bot can see, by id; a private channel without the bot does not exist for it. */
export function requireConversation(context: MethodContext, args: Args, name = 'channel'): Conversation {
  const id = requireText(args, name, 'channel_not_found')
  const found = findConversation(context.state, id)
  if (!found || (found.isPrivate && !isMember(context, found))) throw new Refusal('channel_not_found')
  return found
}

/** A conversation that the bot is a member of. */
export function requireMembership(context: MethodContext, args: Args): Conversation {
  const found = requireConversation(context, args)
  if (!isMember(context, found)) throw new Refusal('not_in_channel')
  return found
}

/** One page of a list, with Slack's cursors; `limit` is capped at `most`. */
export function takePage<T>(args: Args, items: readonly T[], usual: number, most: number) {
  const limit = Math.max(1, Math.min(most, readNumber(args, 'limit', usual)))
  const cursor = readText(args, 'cursor')
  const start = cursor ? Number(Buffer.from(cursor, 'base64').toString().replace('next:', '')) : 0
  if (!Number.isInteger(start)) throw new Refusal('invalid_cursor')
  const end = start + limit
  const next = end < items.length ? Buffer.from(`next:${end}`).toString('base64') : ''
  return { page: items.slice(start, end), hasMore: next !== '', response_metadata: { next_cursor: next } }
}

function isMember(context: MethodContext, conversation: Conversation): boolean {
  return conversation.members.has(context.state.workspace.bot.userId)
}
