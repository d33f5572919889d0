import type { PageTrouble } from '../domain/page.ts'
import type { Page, Pager } from '../ports/pager.ts'
import { sign } from './signature.ts'

/** Less than the first pause between two tries, so that one try has ended before the next begins. */
const ANSWER_WITHIN_MS = 10_000

/** Posts pages as JSON, signed. `expand` puts in what the plan takes from the environment; it may throw. */
export function createPager(of: {
  readonly expand: (text: string) => string
  readonly redact: (text: string) => string
  readonly now: () => Date
}): Pager {
  return {
    async send(page, to) {
      let url: string
      let key: string
      try {
        url = of.expand(to.url)
        key = of.expand(to.key)
      } catch (error) {
        return { code: 'page_unset', facts: { name: readName(error) } }
      }
      return post(url, key, page, of)
    },
  }
}

async function post(
  url: string,
  key: string,
  page: Page,
  { now, redact }: { readonly now: () => Date; readonly redact: (text: string) => string },
): Promise<PageTrouble | null> {
  const body = JSON.stringify(page)
  const headers = { 'content-type': 'application/json', ...sign(key, page.id, body, now()) }
  // Whoever answers with another address would be handed a signed message that was not meant for them.
  const given = { method: 'POST', body, headers, redirect: 'manual' as const }
  try {
    const answer = await fetch(url, { ...given, signal: AbortSignal.timeout(ANSWER_WITHIN_MS) })
    await answer.body?.cancel()
    return answer.ok ? null : { code: 'page_refused', facts: { status: answer.status } }
  } catch (error) {
    if (error instanceof DOMException && error.name === 'TimeoutError') return { code: 'page_silent', facts: {} }
    const { cause, message } = error as { cause?: { code?: unknown }; message?: unknown }
    const said = redact(String(cause?.code ?? message ?? 'no reason')).slice(0, 80)
    return { code: 'page_unreachable', facts: { said } }
  }
}

/** The variable that is missing, of an error of the catalogue. */
function readName(error: unknown): string {
  const facts = (error as { facts?: { name?: unknown } }).facts
  return String(facts?.name ?? 'value')
}
