import type { IncomingMessage } from 'node:http'
import { isObject } from './blocks/shape.ts'
import { type Args, Refusal } from './methods/method.ts'

const LARGEST_BODY = 8 * 1024 * 1024

/** The whole body of a request; rejects above 8 MB. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length
    if (size > LARGEST_BODY) throw new Refusal('request_too_large')
    parts.push(part)
  }
  return Buffer.concat(parts)
}

/** Arguments of a Web API call, from the query and a form, JSON or multipart body. */
export async function readArguments(request: IncomingMessage, body: Buffer): Promise<Args> {
  const query = Object.fromEntries(new URL(request.url ?? '/', 'http://local').searchParams)
  const type = request.headers['content-type'] ?? ''
  if (type.startsWith('application/json')) return { ...query, ...readJsonBody(body) }
  if (body.length === 0) return query
  if (type.startsWith('multipart/form-data')) return { ...query, ...(await readMultipart(type, body)) }
  if (type.startsWith('application/x-www-form-urlencoded'))
    return { ...query, ...Object.fromEntries(new URLSearchParams(body.toString('utf8'))) }
  throw new Refusal('invalid_post_type')
}

/** The token of a call: of the header, or the `token` argument. */
export function readToken(request: IncomingMessage, args: Args): string | undefined {
  const header = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1]
  return header ?? (typeof args.token === 'string' ? args.token : undefined)
}

function readJsonBody(body: Buffer): Args {
  try {
    const parsed: unknown = JSON.parse(body.toString('utf8') || '{}')
    if (isObject(parsed)) return parsed
  } catch {
    throw new Refusal('invalid_json')
  }
  throw new Refusal('json_not_object')
}

async function readMultipart(type: string, body: Buffer): Promise<Args> {
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData()
  const args: Record<string, unknown> = {}
  for (const [name, value] of form)
    args[name] = typeof value === 'string' ? value : Buffer.from(await value.arrayBuffer())
  return args
}
