const retry =
  /\bretry(?:ing|able)?\b|\bwill (?:be )?re-?tr(?:y|ied)|re-?attempt|\battempt #?\d{1,4}\b|\breconnect|backing off|back-?off(?!Limit)|trying again|going to (?:re-?)?try\b|, (?:waiting|sleeping)(?: for)? \d{1,5}(?:\.\d{1,3})? ?(?:ms|s|secs?|seconds?)\b|Got an error checking a consistent migration history|retry times = \d|retries? left|remainingRetries=[1-9]|trying to (?:create|re-?connect|connect again)|try again in|waiting for (?:the )?(?:database|db|server|postgres|mysql)|not (?:yet )?ready|\blost task \d|failed,? but (?:is |was )?(?:not required|optional|ignored|tolerated)|non-fatal|^\.{3}ignoring\s*$|\d{1,3}\/\d{1,3} failed, (?:sleeping|waiting)|재시도|再試行|重试/i
const noMore =
  /\bnot retr|no (?:more )?(?:retr|attempts)|\bnon-?retr|giving up|gave up|give up|exhausted|BackoffLimitExceeded|retries? (?:exceeded|failed)|after \d{1,4} (?:attempts|retries|tries)|max(?:imum)? (?:retries|attempts)|will not be retried|never retried/i

/** Whether a text says that what failed is tried once more. */
export function saysRetry(text: string): boolean {
  return retry.test(text) && !noMore.test(text)
}
