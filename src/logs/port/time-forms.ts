/** How a program writes when a line was written; the groups are those of a time, all optional but the clock. */
export interface TimeForm {
  readonly pattern: RegExp
  /** What of the date is not written: it is the last such time before the log was written last. */
  readonly lacks?: 'year' | 'date'
}

/** Hour, minute and second, with a fraction. */
const clock = '(?<h>\\d{1,2}):(?<mi>\\d{2})(?::(?<s>\\d{2})(?:[.,:](?<f>\\d{1,9}))?)?'
const zone = '(?: ?(?<z>Z|[A-Z]{3,4}\\b|[+-]\\d{2}:?\\d{2}))?'
const half = '(?: ?(?<half>[AaPp]\\.?[Mm]\\b\\.?|오전|오후|午前|午後|上午|下午))?'
const halfBefore = '(?:(?<early>오전|오후|午前|午後|上午|下午) ?)?'
const monthName =
  '(?<mon>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)'
/** What may stand before a time that does not show by itself that it is one: a container's name, a level, a bracket. */
const lead =
  '^(?:[\\w.-]{1,60} {0,20}\\| {0,4}|\\[pod/\\S{1,200}\\] |[A-Za-z]{3,8}:? {1,4}|\\S{1,60}: )?[\\[(<"\'*]{0,3}'

const form = (source: string, lacks?: TimeForm['lacks']): TimeForm => ({
  pattern: new RegExp(source),
  ...(lacks ? { lacks } : {}),
})

/** The likeliest first; the first that fits counts. */
export const timeForms: readonly TimeForm[] = [
  // `2026-03-01T02:10:07.123+09:00`, `2026-03-01, 02:10:07 UTC`
  form(`\\b(?<y>\\d{4})-(?<mo>\\d{2})-(?<d>\\d{2})(?:[ T]|, )${clock}${zone}`),
  // `2026/03/01 02:10:07`, as Go and nginx write it
  form(`\\b(?<y>\\d{4})/(?<mo>\\d{1,2})/(?<d>\\d{1,2})[ T-]${halfBefore}${clock}${half}${zone}`),
  // `2026. 11. 30. 오전 11:10:00`, `2026.03.01 02:10:07`
  form(`\\b(?<y>\\d{4})\\. ?(?<mo>\\d{1,2})\\. ?(?<d>\\d{1,2})\\.?[ T]${halfBefore}${clock}${half}${zone}`),
  // `2026年3月1日 2時10分07秒`, `2026년 3월 1일 오전 2시 10분 7초`
  form(
    `(?<y>\\d{4})[年년] ?(?<mo>\\d{1,2})[月월] ?(?<d>\\d{1,2})[日일] ?(?:\\(.\\) ?)?${halfBefore}(?<h>\\d{1,2})[:時时시] ?(?<mi>\\d{1,2})(?:[:分분] ?(?<s>\\d{1,2}))?`,
  ),
  // `01/Mar/2026:02:10:07 +0900`
  form(`\\b(?<d>\\d{2})/${monthName}/(?<y>\\d{4}):${clock}${zone}`),
  // `20260301T021007Z`, `20260301 02:10:07`
  form(
    `${lead}(?<y>20\\d{2})(?<mo>\\d{2})(?<d>\\d{2})[T _-](?<h>\\d{2}):?(?<mi>\\d{2}):?(?<s>\\d{2})(?:[.,](?<f>\\d{1,9}))?${zone}`,
  ),
  // `Sun Mar  1 02:10:07 UTC 2026`
  form(`\\b${monthName} {1,2}(?<d>\\d{1,2}) ${clock}(?: (?<z>[A-Z]{3,4}))? (?<y>20\\d{2})\\b`),
  // `Mar 1, 2026 2:10:07 AM`, as java.util.logging writes it; SQL Server leaves the comma out
  form(`${lead}(?:[A-Z][a-z]{2},? )?${monthName} {1,2}(?<d>\\d{1,2}),? (?<y>20\\d{2}),? {1,2}${clock}${half}${zone}`),
  // `Sun, 01 Mar 2026 02:10:07 GMT`, `01-Mar-2026 02:10:07.123`, Oracle's `01-MAR-26 02:10:07.123`
  form(
    `${lead}(?:[A-Z][a-z]{2},? )?(?<d>\\d{1,2})[ -]${monthName}[ -](?<y>\\d{4}|\\d{2})[ :T]{1,2}${clock}${half}${zone}`,
  ),
  // `01.03.2026 02:10:07`
  form(`${lead}(?<d>\\d{1,2})\\.(?<mo>\\d{1,2})\\.(?<y>20\\d{2})[ T,]{1,2}${clock}`),
  // `3/1/2026 2:10:07 AM`: with a half of the day the month stands first
  form(`${lead}(?<mo>\\d{1,2})/(?<d>\\d{1,2})/(?<y>20\\d{2}),? {1,2}${clock}(?: ?(?<half>[AaPp][Mm]))?`),
  // `26/03/01 02:10:07`, as Spark and Hadoop write it
  form(`${lead}(?<y>\\d{2})/(?<mo>\\d{2})/(?<d>\\d{2}) ${clock}`),
  // `01-03-2026 02:10:07`
  form(`${lead}(?<d>\\d{2})-(?<mo>\\d{2})-(?<y>20\\d{2}) ${clock}`),
  // `260301  2:10:07`, of old MySQL
  form(`^(?<y>\\d{2})(?<mo>\\d{2})(?<d>\\d{2}) {1,2}${clock}\\b`),
  // `Mar  1 02:10:07`
  form(`^(?:<\\d{1,3}>)?${monthName} {1,2}(?<d>\\d{1,2}) ${clock}\\b`, 'year'),
  // `E0301 02:10:07.123456`, of Kubernetes' own programs
  form(`^[IWEF](?<mo>\\d{2})(?<d>\\d{2}) ${clock}\\b`, 'year'),
  // `02:10:07.123`, `[02:10:07 ERR]`
  form(`${lead}(?<h>\\d{1,2}):(?<mi>\\d{2}):(?<s>\\d{2})(?:[.,](?<f>\\d{1,9}))?\\b`, 'date'),
]

/** Seconds since 1970 with a fraction, or milliseconds, microseconds, nanoseconds: in JSON, as `%n`, in brackets. */
export const epochForms: readonly RegExp[] = [
  /"(?:time|ts|timestamp|@timestamp|t|date|__REALTIME_TIMESTAMP)"\s?:\s?"?(\d{10})(\d{3})?(?:\d{3}){0,2}(?:\.(\d{1,9}))?\b/,
  /^(?:[\w.-]{1,60} {0,20}\| {0,4})?[[(]?(1[5-9]\d{8}|2\d{9})(\d{3})?(?:\d{3}){0,2}(?:\.(\d{1,9}))?(?=[\s,\])|:])/,
  /\b(?:ts|time|t)=(1[5-9]\d{8}|2\d{9})(\d{3})?(?:\d{3}){0,2}(?:\.(\d{1,9}))?\b/,
]
