import { bad, good, type ReadinessReach, type Seen, warn } from './reach.ts'

/** Shorter than what a key's strength comes from. */
const SHORTEST_KEY = 24

/** The pager of the plan can be signed for and is not called in the clear; nobody is woken to find out. */
export function lookAtPager({ plan, expand }: ReadinessReach): Seen[] {
  if (plan.pager === undefined) return []
  try {
    const url = new URL(expand(plan.pager.url))
    const key = expand(plan.pager.key)
    if (key.length < SHORTEST_KEY) {
      return [bad('pager', `its key has ${key.length} characters`, `Make one of at least ${SHORTEST_KEY}.`)]
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
