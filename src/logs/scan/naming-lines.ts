import type { ScannedLine } from './scan-log.ts'

/** Lines further up that can be asked for: those that name a step, and statements; and how far up is looked. */
const most = { step: 3, statement: 2 } as const
const farthest = 400
const farthestBytes = 1 << 16
/** Bytes not looked at yet that are so few that looking is cheaper than keeping them. */
const near = 1 << 11
/** Longer lines name nothing that people would look for. */
const longestNaming = 1_000
const newline = 10

/**
 * What a migration, a script, a load is called: a file, a version, a revision, a name in quotes. Forms are looked for at
 * their rarest character, with a look behind: to try each at every letter takes several times as long.
 */
const names: readonly RegExp[] = [
  /(?<=\w)\.(?:sql|ddl|py|js|mjs|cjs|ts|xml|ya?ml|rb|json|csv|tsv|go|php|sh|dump|ctl|dat|bad|bak|dmp|par|cs|exs?|dtsx|kjb|ktr|gz|sqlite3?|db|parquet|dacpac|tar)\b/,
  /["'`][\w.:/ -]{2,120}["'`]/,
  /(?<=\b[Vv]?\d{3,17})[._-]{1,2}[A-Za-z]|(?<=\d{3})_[A-Za-z]\w\w|(?<=\bV\d{1,4}(?:[._]\d{1,4}){0,4})__\w|(?<=\w)::\w/,
  /\bversion v?\d/,
  // Numbered by its date in parts; from one thing into another.
  /(?<=[a-z])_\d{1,4}(?:_\d{1,4}){1,3}\b|[\w."'`] (?:->|=>|→) [\w"'`]/,
]
/** A time as a version, or a revision's hash. */
const hash = /\b(?:(?:19|20)\d{10,15}|[0-9a-f]{12}|[0-9a-f]{40})\b/
const shortestHash = 12
const doing =
  /\b(?:[Mm]igrat(?:ing|ion|e)|MIGRATION|[Aa]ppl(?:y|ying)|[Rr]unning|RUNNING|[Ee]xecut(?:e|ing)|[Uu]pgrad(?:e|ing)|[Dd]owngrad(?:e|ing)|[Ii]mport(?:ing)?|[Ll]oad(?:ing)?|[Rr]estor(?:e|ing)|[Pp]rocessing|[Cc]hange ?[Ss]et|[Ss]tart(?:ing|ed)?|START|[Cc]opy(?:ing)?|Control File|Data File|Bad File|[Ii]nput(?: file)?|[Ss]ource|[Ss]cript|[Pp]atch(?:ing)?|[Dd]eploy(?:ing)?|[Rr]evert(?:ing)?|[Vv]ersion|[Ss]tep|[Tt]ask|[Jj]ob|[Mm]odel|[Ff]orward|[Ee]xport(?:ing)?|[Ss]eed(?:ing)?|[Uu]pdating|[Cc]reating|[Pp]erforming|[Rr]e-?index(?:ing)?)\b|"_?(?:index|collection|table)" ?: ?"/
/** A command as somebody typed it at a shell or at a database's prompt, or as a shell says that it runs it. */
const command =
  /^(?:[\w.-]{1,60} {1,20}\| )?(?:[\w@.:~/ -]{0,60}[$#] |\+{1,3} |> |(?:PS )?[A-Z]:\\[^>\n]{0,120}> ?|(?:SQL|mysql|MariaDB \[[\w()-]{1,40}\]|db2 =|[\w-]{1,40}=)> |[\w-]{1,40}=[#>] )\S{2}/
/** A statement that names what it works on. */
const statement =
  /^\s*(?:->\s?|query(?: failed)?: |Executing (?:query|statement): ?)?(?:INSERT (?:IGNORE )?INTO|UPDATE|ALTER TABLE|CREATE (?:UNIQUE )?(?:TABLE|INDEX|VIEW|TYPE)|DROP (?:TABLE|INDEX|VIEW|TYPE)|DELETE FROM|COPY|MERGE INTO|REPLACE INTO|TRUNCATE TABLE|LOAD DATA) \S/
/** A step that is over says nothing of the one that failed. */
const done =
  /(?:\b(?:OK|ok|DONE|[Dd]one|PASS|[Ss]uccess\w{0,8}|[Ff]inished|[Cc]ompleted?|applied|SUCCEEDED|skipped)\b|[✓✔])[\s!.)\]]*(?:[[(]?[\d.,:]{1,20}\s?m?s(?:econds)?[)\]]?)?\s*$|\bfinished\b|\b[Aa]pplied\b|\bgenerated (?:for|from)\b/

/** Finds lines above an error that name what was being done. Asked from top to bottom: no line is looked at twice. */
export interface NamingLines {
  /** Those above the line that begins at `to`, nearest last; `number` is the number of the line above it. */
  find(block: Buffer, to: number, number: number): readonly NamingLine[]
  /** The same without looking yet, for most that are kept are never asked for; it may be asked once the block is gone. */
  keep(block: Buffer, to: number, number: number): () => readonly NamingLine[]
  /** The block's bytes are about to go; `lines` is the number of its last line. */
  endBlock(block: Buffer, lines: number): void
}

type Kind = keyof typeof most

export interface NamingLine extends ScannedLine {
  readonly kind: Kind
}

export function createNamingLines(): NamingLines {
  /** Those found so far, and up to which offset of this block was looked. */
  let found: readonly NamingLine[] = []
  let looked = 0
  /** The end of the blocks before, not looked at yet: the first bytes of a room that is filled again and again. */
  const room = Buffer.allocUnsafeSlow(farthestBytes)
  let held = 0
  let heldLines = 0

  function find(block: Buffer, to: number, number: number): readonly NamingLine[] {
    if (held > 0) found = keepNearest(found, search(room, 0, held, heldLines))
    held = 0
    const from = Math.max(looked, to - farthestBytes)
    if (to > looked) found = keepNearest(found, search(block, from, to, number))
    looked = Math.max(looked, to)
    return found.filter((line) => number - line.number < farthest)
  }

  return {
    find,
    keep(block, to, number) {
      // Errors one behind the other: to look at what little is new costs less than to keep all that may be asked for.
      if (to - looked <= near) {
        const lines = find(block, to, number)
        return () => lines
      }
      const known = found
      const here = block.subarray(Math.max(looked, to - farthestBytes), Math.max(looked, to))
      const kept = Math.min(held, farthestBytes - here.length)
      const bytes = Buffer.concat([room.subarray(held - kept, held), here])
      return () =>
        keepNearest(known, search(bytes, 0, bytes.length, number)).filter((line) => number - line.number < farthest)
    },
    endBlock(block, lines) {
      const more = block.subarray(Math.max(looked, block.length - farthestBytes))
      looked = 0
      // Short blocks, as of a log that is followed, leave room for the end of those before.
      const kept = Math.min(held, room.length - more.length)
      room.copyWithin(0, held - kept, held)
      more.copy(room, kept)
      held = kept + more.length
      heldLines = lines
    },
  }
}

function keepNearest(found: readonly NamingLine[], more: readonly NamingLine[]): readonly NamingLine[] {
  if (more.length === 0) return found
  const all = [...found, ...more]
  return (['step', 'statement'] as const)
    .flatMap((kind) => all.filter((line) => line.kind === kind).slice(-most[kind]))
    .sort((one, other) => one.number - other.number)
}

/** The last of them between two offsets; `number` is that of the last line. */
function search(block: Buffer, from: number, to: number, number: number): NamingLine[] {
  const lines: NamingLine[] = []
  const left = { ...most } as { -readonly [kind in Kind]: number }
  let end = to - 1
  for (let back = 0; back < farthest && end >= from && left.step > 0; back += 1) {
    const start = end === 0 ? 0 : block.lastIndexOf(newline, end - 1) + 1
    if (start < from) break
    if (end - start > 4 && end - start <= longestNaming) {
      const raw = dropRewritten(block.toString('latin1', start, end))
      const kind = findNaming(raw)
      if (kind !== null && left[kind] > 0) {
        lines.unshift({ raw, number: number - back, kind })
        left[kind] -= 1
      }
    }
    end = start - 1
  }
  return lines
}

/** What a carriage return left standing. */
function dropRewritten(raw: string): string {
  return raw.includes('\r') ? (raw.split('\r').findLast((part) => part !== '') ?? '') : raw
}

/** Whether a line names a step that is being done, and not one that is over. */
export function namesStep(raw: string): boolean {
  return findNaming(raw) === 'step'
}

function findNaming(raw: string): Kind | null {
  const isStep =
    (doing.test(raw) && namesSomething(raw)) || (/[$#+>] \S{2}|^(?:PS )?[A-Z]:\\/.test(raw) && command.test(raw))
  if (isStep) return done.test(raw) ? null : 'step'
  return statement.test(raw) ? 'statement' : null
}

function namesSomething(raw: string): boolean {
  return names.some((name) => name.test(raw)) || (mayHoldHash(raw) && hash.test(raw))
}

/** Whether so many digits of hashes stand side by side: only every twelfth character must be looked at. */
function mayHoldHash(raw: string): boolean {
  for (let at = shortestHash - 1; at < raw.length; at += shortestHash) {
    if (!isHexDigit(raw.charCodeAt(at))) continue
    let [from, to] = [at, at + 1]
    while (isHexDigit(raw.charCodeAt(from - 1))) from -= 1
    while (isHexDigit(raw.charCodeAt(to))) to += 1
    if (to - from >= shortestHash) return true
  }
  return false
}

/** In lower case; beyond the ends of a text there is none. */
function isHexDigit(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 97 && code <= 102)
}
