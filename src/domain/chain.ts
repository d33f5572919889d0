import { hashText } from './digest.ts'
import { type Json, writeCanonicalJson } from './json.ts'

/** What the hash of an event covers: everything in it, and the hash of the event before. */
export interface ChainLink {
  readonly incident: number
  readonly no: number
  readonly at: string
  readonly type: string
  readonly job: string | null
  readonly actor: string
  readonly data: Json
  readonly prevHash: string
}

/** The hash before the first event of an incident. */
export const chainStart = '0'.repeat(64)

/** SHA-256 over the text of the link, hexadecimal. */
export function hashLink(link: ChainLink): string {
  return hashText(writeLink(link))
}

/** The text that is hashed: the canonical JSON of the link. */
export function writeLink(link: ChainLink): string {
  return writeCanonicalJson(pick(link))
}

function pick(link: ChainLink): Json {
  const { incident, no, at, type, job, actor, data, prevHash } = link
  return { incident, no, at, type, job, actor, data, prevHash }
}

/**
 * A link as the journal keeps it. `content` is the text that was hashed, however it was written; without it the text is
 * written anew.
 */
export type KeptLink = ChainLink & { readonly hash: string; readonly content?: string | undefined }

/** What re-computing a chain found. */
export type ChainVerdict =
  | { readonly whole: true; readonly events: number; readonly headHash: string }
  | { readonly whole: false; readonly brokenAt: number; readonly why: string }

/**
 * Re-computes a chain from its first event to the head that the incident's row holds. Finds a changed, removed,
 * added or reordered event, and a cut tail.
 */
export function checkChain(
  links: readonly KeptLink[],
  head: { readonly headNo: number; readonly headHash: string },
): ChainVerdict {
  let before = chainStart
  for (const [index, link] of links.entries()) {
    const no = index + 1
    if (link.no !== no) return { whole: false, brokenAt: no, why: `event ${no} is missing` }
    if (link.prevHash !== before) return { whole: false, brokenAt: no, why: 'it does not follow the event before it' }
    const content = link.content ?? writeLink(link)
    if (hashText(content) !== link.hash) return { whole: false, brokenAt: no, why: 'its content was changed' }
    if (!saysTheSame(content, link))
      return { whole: false, brokenAt: no, why: 'the text that was hashed says something else than its columns' }
    before = link.hash
  }
  if (links.length !== head.headNo) {
    return {
      whole: false,
      brokenAt: links.length + 1,
      why: `the head says ${head.headNo} events, ${links.length} are there`,
    }
  }
  if (before !== head.headHash) return { whole: false, brokenAt: links.length, why: 'the head has another hash' }
  return { whole: true, events: links.length, headHash: before }
}

/** The hashed text against what is shown of it: compared as values, so that no way to write them decides. */
function saysTheSame(content: string, link: ChainLink): boolean {
  try {
    return writeCanonicalJson(JSON.parse(content) as Json) === writeLink(link)
  } catch {
    return false
  }
}
