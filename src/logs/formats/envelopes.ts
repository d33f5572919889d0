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
  // A time and a bar, as viewers of a container's log copy it.
  /^(?<at>\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:\d\d)?) \| (?<text>.*)/s,
  // syslog of RFC 5424.
  /^<\d{1,3}>1 (?<at>\S{4,40}) \S{1,255} (?<source>\S{1,48}) \S{1,128} \S{1,32} (?:-|\[[^\]]{0,500}\]) (?<text>.*)/s,
  // syslog of RFC 3164 and journalctl, with months as the locale has them; PostgreSQL adds `[3-1]` to number the parts.
  /^(?:<\d{1,3}>)?(?<at>(?:\p{L}{2,5}\.?|\d{1,2}[월月]) [ \d]\d \d\d:\d\d:\d\d|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?[+-]\d\d:?\d\d) [\w.-]{1,100} (?<source>[\w./@-]{1,60})(?:\[\d{1,9}\])?: (?:\[\d+-\d+\] )?(?<text>.*)/su,
  // docker compose: `app-1  | text`.
  /^(?<source>[a-z][\w.-]{0,60}|) {1,20}\| (?<text>.*)/s,
  // BuildKit: the number of its step, and how long it runs.
  /^#(?<source>\d{1,4}) \d{1,6}\.\d{1,3} (?<text>.*)/s,
  // PowerShell, which wraps what a program wrote on standard error.
  /^(?<source>[\w.\\/:-]{2,80}) : (?<text>(?:pg_|psql|mysql|ERROR|FATAL|.{0,40}\berror:).*)/s,
  // A field of a pretty-printed JSON entry, as log viewers copy it.
  /^\s{0,24}"(?<source>textPayload|message|msg|errmsg|errorMessage|error)": "(?<text>.{4,}?)",?$/s,
  // kubectl logs --prefix.
  /^\[pod\/(?<source>[\w./-]{1,200})\] (?<text>.*)/s,
  // stern: the pod, by how Kubernetes names those of a job or a deployment, and its container.
  /^(?<source>[a-z][a-z0-9-]{2,120}-[bcdfghjklmnpqrstvwxz2456789]{5} [a-z][a-z0-9-]{0,60})(?: › | )(?<text>.*)/s,
  // Jenkins with times, and GitLab's runner.
  /^\[(?<at>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)\] (?! ?(?:TRACE|DEBUG|INFO|WARN|ERROR|FATAL): )(?<text>.*)/s,
  /^(?<at>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z) \d\d[OE][ +](?<text>.*)/s,
  // Heroku, Fly.io, and `aws logs tail`: program or stream behind the time.
  /^(?<at>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)) (?<source>(?:app|heroku)\[[\w.-]{1,60}\]:?)(?: [a-z]{3} \[\w{1,8}\])? ?(?<text>.*)/s,
  /^(?<at>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3,6}\+00:00) (?<source>[\w.$-]{1,80}\/[\w./$[\]-]{1,160}) (?<text>.*)/s,
]

/** Takes a container's, syslog's or journald's own header off a line; null when it has none. Docker's json-file is JSON. */
export function unwrapLine(line: string): Envelope | null {
  if (line.startsWith('{"log":"')) return unwrapDocker(line)
  const piped = isPiped(line) ? unwrapPiped(line) : null
  if (piped) return piped
  for (const pattern of patterns) {
    const groups = pattern.exec(line)?.groups
    if (groups) return { at: groups.at ?? null, source: groups.source ?? null, text: groups.text ?? '' }
  }
  return null
}

/** Whether a line is an entry that holds one line which a program wrote: routers and runners log these as information. */
export function isPiped(line: string): boolean {
  if (line.charCodeAt(0) !== 123) return line.includes(' stdio=std')
  return /"(?:stdio|pipe|stream|fd|output)":\s?"(?:stderr|stdout)"/.test(line)
}

/** The same where fields stand as `name=value`: logfmt, and the console of structlog. */
const pipedPairs =
  /^(?:time=(?<at>\S{10,40}) level=\w{4,8} event="(?<quoted>(?:[^"\\]|\\.){0,8000})"|(?<on>\d{4}-\d\d-\d\d[T ][\d:.]{5,20}Z?) \[\w{4,8} {0,10}\] (?<text>.{0,8000}?) {1,60}(?:(?=cmd_type=)|(?<= {2})(?=[a-z_]{1,40}=))).{0,600}? name=(?<source>[\w./-]{1,80}) /s

function unwrapPiped(line: string): Envelope | null {
  if (line.charCodeAt(0) !== 123) {
    const groups = pipedPairs.exec(line)?.groups
    if (!groups) return null
    const text = groups.text ?? (groups.quoted ?? '').replaceAll('\\"', '"').replaceAll('\\\\', '\\')
    return { at: groups.at ?? groups.on ?? null, source: groups.source ?? null, text }
  }
  const fields = readFields(line)
  const find = (names: readonly string[]) => {
    const found = names.map((name) => fields?.[name]).find((value) => typeof value === 'string')
    return typeof found === 'string' ? found : null
  }
  const text = find(['event', 'msg', 'message', 'log', 'line', 'text'])
  if (text === null || /\n./.test(text)) return null
  return {
    at: find(['timestamp', '@timestamp', 'time', 'ts']),
    source: find(['name', 'logger', 'string_id', 'program']),
    text: text.replace(/\n$/, ''),
  }
}

function readFields(line: string): { readonly [name: string]: unknown } | null {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null ? (value as { readonly [name: string]: unknown }) : null
  } catch {
    return null
  }
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
