import { readPagerKey, SHORTEST_PAGER_KEY } from '../../domain/pager-key.ts'
import { bad, good, type ReadinessReach, type Seen, warn } from './reach.ts'

/** The pager of the plan can be signed for and is not called in the clear; nobody is woken to find out. */
export function lookAtPager({ plan, expand }: ReadinessReach): Seen[] {
  if (plan.pager === undefined) return []
  try {
    const url = new URL(expand(plan.pager.url))
    const { length } = readPagerKey(expand(plan.pager.key))
    if (length < SHORTEST_PAGER_KEY) {
      return [
        bad(
          'pager',
          `its key has ${length} bytes`,
          `Make one of at least ${SHORTEST_PAGER_KEY}; behind "whsec_" as base64.`,
        ),
      ]
    }
    const isNear = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)
    if (url.protocol === 'https:' || (url.protocol === 'http:' && isNear)) {
      return [good('pager', `${url.host}, its key is set`)]
    }
    return [warn('pager', `${url.protocol}//${url.host} is not encrypted`, 'Use an address with https.')]
  } catch (thrown) {
    const { message, hint } = thrown as { message?: string; hint?: string }
    return [bad('pager', message ?? 'no address', hint ?? 'Say the address of the service that wakes people.')]
  }
}
