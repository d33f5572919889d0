import type { ScannedLine } from './scan-log.ts'

/** Lines further up that can be asked for: those that name a step, and statements; and how far up is looked. */
const most = { step: 3, statement: 2 } as const
const farthest = 400
const farthestBytes = 1 << 16
/** Longer lines name nothing that people would look for. */
const longestNaming = 1_000
const newline = 10

/** What a migration, a script, a load is called: a file, a version, a revision, a name in quotes. */
const name = new RegExp(
  [
    String.raw`\w\.(?:sql|ddl|py|js|mjs|cjs|ts|xml|ya?ml|rb|json|csv|tsv|go|php|sh|dump|ctl|dat|bad|bak|dmp|par|cs|exs?|dtsx|kjb|ktr|gz|sqlite3?|db|parquet|dacpac|tar)\b`,
    String.raw`\b[Vv]?\d{3,17}[._-]{1,2}[A-Za-z]|\bV\d{1,4}(?:[._]\d{1,4}){0,4}__\w|\b(?:19|20)\d{10,15}\b`,
    String.raw`\b[0-9a-f]{12}\b|\b[0-9a-f]{40}\b|\d{3,4}_[A-Za-z]\w\w|["'\x60][\w.:/ -]{2,120}["'\x60]|\w::\w|\bversion v?\d`,
  ].join('|'),
)
const doing =
  /\b(?:[Mm]igrat(?:ing|ion|e)|MIGRATION|[Aa]ppl(?:y|ying)|[Rr]unning|RUNNING|[Ee]xecut(?:e|ing)|[Uu]pgrad(?:e|ing)|[Dd]owngrad(?:e|ing)|[Ii]mport(?:ing)?|[Ll]oad(?:ing)?|[Rr]estor(?:e|ing)|[Pp]rocessing|[Cc]hange ?[Ss]et|[Ss]tart(?:ing|ed)?|START|[Cc]opy(?:ing)?|Control File|Data File|Bad File|[Ii]nput(?: file)?|[Ss]ource|[Ss]cript|[Pp]atch(?:ing)?|[Dd]eploy(?:ing)?|[Rr]evert(?:ing)?|[Vv]ersion|[Ss]tep|[Tt]ask|[Jj]ob|[Mm]odel|[Ff]orward|[Ee]xport(?:ing)?|[Ss]eed(?:ing)?|[Uu]pdating|[Cc]reating)\b/
/** A command as somebody typed it, or as a shell says that it runs it. */
const command = /^(?:[\w.-]{1,60} {1,20}\| )?(?:[\w@.:~/ -]{0,60}[$#] |\+{1,3} |> )\S{2}/
/** A statement that names what it works on. */
const statement =
  /^\s*(?:->\s?|query(?: failed)?: |Executing (?:query|statement): ?)?(?:INSERT (?:IGNORE )?INTO|UPDATE|ALTER TABLE|CREATE (?:UNIQUE )?(?:TABLE|INDEX|VIEW|TYPE)|DROP (?:TABLE|INDEX|VIEW|TYPE)|DELETE FROM|COPY|MERGE INTO|REPLACE INTO|TRUNCATE TABLE|LOAD DATA) \S/
/** A step that is over says nothing of the one that failed. */
const done =
  /(?:\b(?:OK|ok|DONE|[Dd]one|PASS|[Ss]uccess\w{0,8}|[Ff]inished|[Cc]ompleted?|applied|SUCCEEDED|skipped)\b|[✓✔])[\s!.)\]]*(?:[[(]?[\d.,:]{1,20}\s?m?s(?:econds)?[)\]]?)?\s*$|\bfinished\b|\b[Aa]pplied\b|\bgenerated (?:for|from)\b/

/** Finds lines above an error that name what was being done. Asked from top to bottom: no line is looked at twice. */
export interface NamingLines {
  /** Those above the line that begins at `to` and is the block's `place`-th behind `lines`, nearest last. */
  find(block: Buffer, to: number, number: number): readonly ScannedLine[]
  /** The block's bytes are about to go; `lines` is the number of its last line. */
  endBlock(block: Buffer, lines: number): void
}

type Kind = keyof typeof most

interface NamingLine extends ScannedLine {
  readonly kind: Kind
}

export function createNamingLines(): NamingLines {
  /** Those found so far in this block, and up to which offset was looked. */
  let found: NamingLine[] = []
  let looked = 0
  /** The end of the block before, not looked at yet. */
  let tail: { readonly bytes: Buffer; readonly lines: number } | null = null

  function keep(lines: readonly NamingLine[]): void {
    if (lines.length === 0) return
    const all = [...found, ...lines]
    found = (['step', 'statement'] as const)
      .flatMap((kind) => all.filter((line) => line.kind === kind).slice(-most[kind]))
      .sort((one, other) => one.number - other.number)
  }

  return {
    find(block, to, number) {
      if (tail !== null) {
        keep(search(tail.bytes, 0, tail.bytes.length, tail.lines))
        tail = null
      }
      const from = Math.max(looked, to - farthestBytes)
      if (to > looked) keep(search(block, from, to, number))
      looked = Math.max(looked, to)
      return found.filter((line) => number - line.number < farthest)
    },
    endBlock(block, lines) {
      const from = Math.max(looked, block.length - farthestBytes)
      tail = from < block.length ? { bytes: Buffer.from(block.subarray(from)), lines } : null
      looked = 0
    },
  }
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

function findNaming(raw: string): Kind | null {
  const isStep = (doing.test(raw) && name.test(raw)) || (/[$#+>] \S{2}/.test(raw) && command.test(raw))
  if (isStep) return done.test(raw) ? null : 'step'
  return statement.test(raw) ? 'statement' : null
}
