import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError } from '@slack/web-api'

/**
 * What became of a call. `limited`: nothing happened, come back later. `refused`: nothing happened and never will.
 * `lost`: nobody knows whether it happened.
 */
export type CallResult<T> =
  | { readonly kind: 'ok'; readonly value: T }
  | { readonly kind: 'limited'; readonly retryAfterMs: number }
  | { readonly kind: 'refused'; readonly error: string }
  | { readonly kind: 'lost'; readonly why: string }

/** Errors by which Slack says that it is not well; the same call may succeed later. */
const passing = new Set(['internal_error', 'fatal_error', 'service_unavailable', 'request_timeout', 'ratelimited'])

/** Makes a call and sorts its outcome; never throws for what Slack or the network did. */
export async function callSlack<T>(call: () => Promise<T>): Promise<CallResult<T>> {
  try {
    return { kind: 'ok', value: await call() }
  } catch (error) {
    if (error instanceof WebAPIRateLimitedError) return { kind: 'limited', retryAfterMs: error.retryAfter * 1000 }
    if (error instanceof WebAPIHTTPError && error.statusCode === 429) return { kind: 'limited', retryAfterMs: 30_000 }
    if (error instanceof WebAPIPlatformError && !passing.has(error.data.error))
      return { kind: 'refused', error: error.data.error }
    return { kind: 'lost', why: error instanceof Error ? error.message : String(error) }
  }
}
