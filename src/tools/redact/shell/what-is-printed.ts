import { nameBefore, secretName } from '../secret-names.ts'
import { readPipelines, type Stage } from './command-words.ts'

/**
 * What a command prints: lines of a file of rows, lines of a file that may hold rows, assignments of variables, a
 * secret, or what a program says that hands out secrets.
 */
export interface Printed {
  readonly kind: 'rows' | 'fields' | 'variables' | 'secret' | 'vault'
  /** Programs that may complain, each by its own name. */
  readonly programs: ReadonlySet<string>
  /** Another machine or container was asked, which may not have been reached. */
  readonly isRemote: boolean
}

/** Programs that print lines of a file that they are given. */
const printers = new Set(
  'cat zcat gzcat bzcat xzcat zstdcat bat batcat type more less nl tac head tail sed awk gawk mawk nawk cut grep egrep fgrep zgrep rg ag ack findstr column csvcut csvgrep csvlook csvsort csvstack xsv qsv mlr jq xxd hexdump od strings sort uniq paste join comm diff rev fold fmt pr expand iconv get-content gc select-string sls import-csv perl ruby'.split(
    ' ',
  ),
)
/** Programs that hand on what they read, besides those. */
const filters = new Set(
  'tee tr base64 dos2unix pv shuf gunzip gzip zstd ts python python3 select select-object sort-object format-table format-list ft fl where where-object foreach-object out-string out-host convertfrom-csv yq'.split(
    ' ',
  ),
)
/** Programs that run another one. */
const wrappers = new Set(
  'sudo doas su runuser env nohup nice ionice timeout stdbuf ssh docker docker-compose podman nerdctl kubectl oc k chroot watch command builtin exec xargs parallel winpty wsl flock setsid unbuffer time bash sh zsh ksh cmd powershell pwsh do then else if while until !'.split(
    ' ',
  ),
)
const remote = new Set('ssh docker docker-compose podman nerdctl kubectl oc k'.split(' '))
/** Programs that are given nothing but files. */
const plainPrinters = new Set('cat zcat type more less nl tac head tail get-content gc'.split(' '))

const compressed = String.raw`(?:\.(?:gz|zst|bz2|xz))?`
const ofRows = new RegExp(
  String.raw`\.(?:csv|tsv|psv|txt|dat|data|del|unl|asc|prn|fixed|jsonl|ndjson|copy|bcp|ixf|bad|rej|dsc|ldif|avro|parquet|xlsx?)${compressed}$`,
  'i',
)
/** What may hold messages as well as rows. */
const ofFields = new RegExp(String.raw`\.(?:err|reject\w{0,4}|out)${compressed}$|(?:^|[\\/])[\w-]{2,80}$`, 'i')
const ofVariables = /(?:^|[\\/])[\w-]{0,40}\.env(?:\.[\w.-]{1,40})?$/i
const ofSecrets =
  /(?:^|[\\/])(?:\.pgpass|pgpass\.conf|\.my\.cnf|[._]netrc|\.git-credentials|\.vault-token|\.htpasswd|shadow|id_(?:rsa|dsa|ed25519|ecdsa))$|\/run\/secrets\/|(?:password|passwd|secret|token|credential)s?(?:\.txt)?$|\.(?:pem|key|p12|pfx|tfvars)$/i

const variable = new RegExp(`[$%]\\{?(?:env:)?${nameBefore}${secretName}`, 'iu')
const named = new RegExp(secretName, 'iu')
/** Programs that hand out secrets: what they were asked, in one line. */
const vaults =
  /^(?:(?:kubectl|oc|k) .{0,60}?\bget secrets?\b.{0,400}(?:-o|--output|--template)|vault (?:kv get|read)|pass (?:show )?\S|op (?:read|item get)|aws .{0,80}?(?:secretsmanager get-secret-value|ssm get-parameters?)|gcloud .{0,80}?secrets versions access|az keyvault secret show|heroku config|security find-generic-password)/i

/** What a command prints that must not be seen; null where it is nothing. */
export function findPrinted(command: string): Printed | null {
  const pipelines = readPipelines(command)
  const kind = pipelines.map(judgePipeline).find((one) => one !== null)
  if (kind === undefined || kind === null) return null
  const names = pipelines.flat().flatMap(({ words }) => words.map(nameOf))
  return {
    kind,
    programs: new Set([...names, 'bash', 'sh', 'zsh', 'ksh', 'dash']),
    isRemote: names.some((name) => remote.has(name)),
  }

  function judgePipeline(stages: readonly Stage[]): Printed['kind'] | null {
    let so: Printed['kind'] | null = null
    for (const stage of stages) {
      const own = judgeStage(stage.words, command)
      if (own !== null) so = own
      // Variables of which only those with such a name were asked for.
      else if (/^(?:env|printenv|set|export|gci|get-childitem)$/.test(nameOf(stages[0]?.words[0]))) {
        if (stage !== stages[0] && stage.words.some((word) => named.test(word))) so = 'secret'
      } else if (so !== null && !handsOn(stage.words)) so = null
      if (stage.isSilent) so = null
    }
    return so
  }
}

function handsOn(given: readonly string[]): boolean {
  const words = unwrap(given)
  const name = nameOf(words[0])
  return (printers.has(name) || filters.has(name)) && printsLines(name, words)
}

/** Whether a program prints lines, and not their number or the names of files; a script of somebody's own is another. */
function printsLines(name: string, words: readonly string[]): boolean {
  const options = words.slice(1).filter((word) => word.startsWith('-'))
  if (/grep$|^(?:rg|ag|ack)$/.test(name))
    return !options.some((word) => /^-[A-Za-z]{0,9}[lLcq]|^--(?:count|files|quiet)/.test(word))
  if (/^(?:perl|ruby|python3?)$/.test(name)) return options.some((word) => /^-\w{0,9}[nepc]/i.test(word))
  return true
}

function judgeStage(given: readonly string[], command: string): Printed['kind'] | null {
  const words = unwrap(given)
  const name = nameOf(words[0])
  const line = [name, ...words.slice(1)].join(' ')
  if (vaults.test(line)) return 'vault'
  if (/^(?:echo|printf|print|printenv|write-host|write-output)$/.test(name)) {
    if (words.slice(1).some((word) => (name === 'printenv' ? named : variable).test(word))) return 'secret'
    return null
  }
  if (/^\$/.test(words[0] ?? '')) return words.length === 1 && variable.test(words[0] ?? '') ? 'secret' : null
  // A shell that was given a line, and a search that runs a program.
  const inner = words.slice(1).find((word) => wrappers.has(name) && /\s/.test(word))
  if (inner !== undefined) return findPrinted(inner)?.kind ?? null
  if (name === 'find') return judgeFind(words, command)
  if (!printers.has(name) || !printsLines(name, words)) return null
  const files = words.slice(1).filter((word) => !word.startsWith('-'))
  if (files.some((file) => ofVariables.test(file))) return 'variables'
  if (files.some((file) => ofSecrets.test(file))) return 'secret'
  if (files.some((file) => ofRows.test(file))) return 'rows'
  // The name stands elsewhere: in a loop, in what was searched for.
  const isElsewhere = nameOf(given[0]) === 'xargs' || files.some((file) => /^\$\{?\w+\}?$|^\{\}$/.test(file))
  if (isElsewhere && readPipelines(command).some((one) => one.some(({ words: all }) => all.some(isOfRows))))
    return 'rows'
  return plainPrinters.has(name) && files.some((file) => ofFields.test(file)) ? 'fields' : null
}

function isOfRows(word: string): boolean {
  return ofRows.test(word)
}

/** On Windows it looks for a text in a file, elsewhere for files. */
function judgeFind(words: readonly string[], command: string): Printed['kind'] | null {
  const runs = words.findIndex((word) => /^-(?:exec|execdir|ok)$/.test(word))
  if (runs > 0) return judgeStage([...words.slice(runs + 1), ...words.filter(isOfRows)], command)
  const isSearch = /\bfind(?:\.exe)? (?:\/[a-z] ?)*"[^"\n]*" \S/i.test(command)
  return isSearch && words.some(isOfRows) ? 'rows' : null
}

/** Without what runs the program, and what is set for it. */
function unwrap(words: readonly string[]): readonly string[] {
  const first = words.findIndex((word) => !/^[A-Za-z_]\w*=/.test(word))
  const rest = words.slice(Math.max(0, first))
  if (!wrappers.has(nameOf(rest[0]))) return rest
  const program = rest.findIndex((word, index) => index > 0 && (printers.has(nameOf(word)) || nameOf(word) === 'find'))
  if (program > 0) return rest.slice(program)
  const asked = rest.findIndex(
    (word, index) => index > 0 && /^(?:vault|kubectl|aws|op|echo|printenv)$/.test(nameOf(word)),
  )
  return asked > 0 ? rest.slice(asked) : rest
}

function nameOf(word = ''): string {
  return (word.split(/[\\/]/).at(-1) ?? '').toLowerCase().replace(/\.exe$/, '')
}
