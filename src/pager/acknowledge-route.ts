import type { IncomingMessage, ServerResponse } from 'node:http'
import { z } from 'zod'
import type { Route } from '../ports/routes.ts'
import { isSigned } from './signature.ts'

/** A longer body is no acknowledgement. */
const LONGEST_BODY = 4_096

const acknowledgement = z.object({
  type: z.literal('acknowledged'),
  page: z.uuid(),
  by: z.string().trim().min(1).max(80),
})

/** A page's id, and the name of whoever answers it, as the service that paged them says it. */
export interface Acknowledgement {
  readonly page: string
  readonly by: string
}

/**
 * `POST /pager/acknowledge`: somebody is awake. Signed with the same key as the page; decides nothing. Answers 204, 401
 * for a signature that is not good, 400 for another body, 404 for a page that was never sent, 503 without a key.
 */
export function createAcknowledgeRoute(of: {
  /** Null where the plan names no pager, or the environment has no key. */
  readonly key: () => Promise<string | null>
  /** False where there is no such page. */
  readonly acknowledge: (one: Acknowledgement) => Promise<boolean>
  readonly now: () => Date
}): Route {
  const handler = async (request: IncomingMessage, response: ServerResponse) => {
    const end = (status: number) => void response.writeHead(status).end()
    const body = await readBody(request)
    if (body === null) return void response.writeHead(413, { connection: 'close' }).end()
    const key = await of.key()
    if (key === null) return end(503)
    if (!isSigned(key, request.headers, body, of.now())) return end(401)
    const read = acknowledgement.safeParse(parseJson(body))
    if (!read.success) return end(400)
    end((await of.acknowledge({ page: read.data.page, by: read.data.by })) ? 204 : 404)
  }
  return { path: '/pager/acknowledge', method: 'POST', handler }
}

async function readBody(request: IncomingMessage): Promise<string | null> {
  const parts: Buffer[] = []
  let length = 0
  for await (const part of request) {
    length += (part as Buffer).length
    if (length > LONGEST_BODY) return null
    parts.push(part as Buffer)
  }
  return Buffer.concat(parts).toString('utf8')
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
