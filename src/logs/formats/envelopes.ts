/** A line that another program has wrapped: what it wrapped, and what it knew of it. */
export interface Envelope {
  readonly at: string | null
  readonly source: string | null
  readonly text: string
}

const patterns: readonly RegExp[] = [
  // Kubernetes' CRI: `2026-03-01T02:10:07.123456789Z stderr F text`.
  /^(?<at>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3,9}(?:Z|[+-]\d\d:\d\d)) (?<source>stdout|stderr) [FP] (?<text>.*)/s,
  // Docker with --timestamps and GitHub's runners, before a line that has a time of its own.
  /^(?<at>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.(?:\d{9}|\d{7})Z) (?<text>.*)/s,
  // syslog of RFC 5424.
  /^<\d{1,3}>1 (?<at>\S{4,40}) \S{1,255} (?<source>\S{1,48}) \S{1,128} \S{1,32} (?:-|\[[^\]]{0,500}\]) (?<text>.*)/s,
  // syslog of RFC 3164 and journalctl; PostgreSQL adds `[3-1]` to number the parts of a message.
  /^(?:<\d{1,3}>)?(?<at>[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?[+-]\d\d:?\d\d) [\w.-]{1,100} (?<source>[\w./@-]{1,60})(?:\[\d{1,9}\])?: (?:\[\d+-\d+\] )?(?<text>.*)/s,
  // docker compose: `app-1  | text`.
  /^(?<source>[a-z][\w.-]{0,60}|) {1,20}\| (?<text>.*)/s,
  // PowerShell, which wraps what a program wrote on standard error.
  /^(?<source>[\w.\\/:-]{2,80}) : (?<text>(?:pg_|psql|mysql|ERROR|FATAL|.{0,40}\berror:).*)/s,
  // A field of a pretty-printed JSON entry, as log viewers copy it.
  /^\s{0,24}"(?<source>textPayload|message|msg|errmsg|errorMessage|error)": "(?<text>.{4,}?)",?$/s,
  // kubectl logs --prefix.
  /^\[pod\/(?<source>[\w./-]{1,200})\] (?<text>.*)/s,
]

/** Takes a container's, syslog's or journald's own header off a line; null when it has none. Docker's json-file is JSON. */
export function unwrapLine(line: string): Envelope | null {
  if (line.startsWith('{"log":"')) return unwrapDocker(line)
  for (const pattern of patterns) {
    const groups = pattern.exec(line)?.groups
    if (groups) return { at: groups.at ?? null, source: groups.source ?? null, text: groups.text ?? '' }
  }
  return null
}

function unwrapDocker(line: string): Envelope | null {
  try {
    const { log, time, stream } = JSON.parse(line) as { log?: unknown; time?: unknown; stream?: unknown }
    if (typeof log !== 'string' || typeof time !== 'string') return null
    return { at: time, source: typeof stream === 'string' ? stream : null, text: log.replace(/\n$/, '') }
  } catch {
    return null
  }
}
