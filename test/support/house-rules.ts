import type { Import, Source } from './sources.ts'

/**
 * The roof: the only files that construct and join, in the order in which they may import each other: whoever stands
 * earlier imports those that stand later. Nobody below imports any of them.
 */
const roof = [
  'src/main.ts',
  'src/start-worker.ts',
  'src/start-terminal.ts',
  'src/start-desk.ts',
  'src/start-bot.ts',
  'src/start-init.ts',
  'src/worker-presence.ts',
  'src/journal-refusals.ts',
  'src/keep-anchors.ts',
  'src/audit-journal.ts',
  'src/app.ts',
  'src/secrets.ts',
  'src/shut-down.ts',
  'src/health.ts',
  'src/config.ts',
]

/** Rooms of one floor: none of them imports another. */
const adapters = [
  ...['slack', 'terminal', 'postgres', 'queue', 'runner', 'tools', 'plan', 'pager', 'report', 'logs', 'totp'].map(
    (name) => `src/${name}`,
  ),
  'commands',
  'jobs',
]
const core = ['src/engine', 'src/ports', 'src/domain']

/** Exceptions to the floors, each with its reason. */
const allowedAcross: readonly { readonly from: string; readonly to: string; readonly why: string }[] = [
  { from: 'src/app.ts', to: 'commands', why: 'the roof joins the register to the engine' },
  { from: 'commands', to: 'src/report', why: 'report and close answer with the report, which is pure' },
  { from: 'commands', to: 'src/plan/document', why: 'plan export answers with the document, which is pure' },
]

/** Packages that have a room, and those who may use them. Everybody else gets what they do through a port. */
const packageRooms: readonly { readonly name: RegExp; readonly rooms: readonly string[] }[] = [
  { name: /^@slack\//, rooms: ['src/slack', 'sandbox', 'test/slack', 'test/sandbox', 'test/support', 'bench'] },
  { name: /^pg$/, rooms: ['src/postgres', 'src/tools', 'src/runner', 'sandbox', 'test', 'bench'] },
  {
    name: /^(bullmq|ioredis)$/,
    rooms: ['src/queue', 'sandbox/bootstrap', 'test', 'bench'],
  },
  { name: /^otpauth$/, rooms: ['src/totp', 'test'] },
  { name: /^(execa|(node:)?child_process)$/, rooms: ['src/tools', 'src/runner', 'sandbox', 'test', 'bench'] },
]

const packageExceptions: readonly {
  readonly path: string
  readonly name: string
  readonly typeOnly: boolean
  readonly why: string
}[] = [
  { path: 'src/app.ts', name: 'pg', typeOnly: true, why: 'names the type of the pool that it hands from room to room' },
  {
    path: 'src/ports/routes.ts',
    name: 'node:http',
    typeOnly: true,
    why: 'names the types of requests that the one router of all listeners takes',
  },
  {
    path: 'src/queue/backend.ts',
    name: 'pg',
    typeOnly: false,
    why: "runs BullMQ's own migrations, which take a client",
  },
]

/** What the pure rooms may import from outside. */
const pureRooms: readonly { readonly room: string; readonly may: RegExp }[] = [
  { room: 'src/domain', may: /^(zod|node:crypto)$/ },
  { room: 'src/ports', may: /^$/ },
  { room: 'src/engine', may: /^(zod|node:crypto|node:path|temporal-polyfill)$/ },
  { room: 'commands', may: /^zod$/ },
  { room: 'jobs', may: /^(zod|node:os|node:path|node:timers\/promises)$/ },
]

const isIn = (path: string, room: string) => path === room || path.startsWith(`${room}/`)
const findRoom = (path: string, rooms: readonly string[]) => rooms.find((room) => isIn(path, room))
const isProduct = (path: string) => /^(src|commands|jobs)\//.test(path)

/** Imports against the one direction: main → app → rooms → engine → ports → domain. One line each. */
export function findWrongWays(sources: readonly Source[]): string[] {
  return eachImport(sources, (path, { to, outside }) => {
    if (outside || !isProduct(path)) return false
    if (!isProduct(to)) return true
    if (allowedAcross.some((one) => isIn(path, one.from) && isIn(to, one.to))) return false
    if (roof.includes(to)) return !roof.includes(path) || roof.indexOf(path) >= roof.indexOf(to)
    if (roof.includes(path)) return false
    const [here, there] = [core.findIndex((room) => isIn(path, room)), core.findIndex((room) => isIn(to, room))]
    if (here >= 0) return there < here
    if (there >= 0) return false
    return findRoom(path, adapters) !== findRoom(to, adapters)
  })
}

/** Packages outside their rooms, and anything impure in the pure ones. */
export function findStrayPackages(sources: readonly Source[]): string[] {
  return eachImport(sources, (path, { to, outside, typeOnly }) => {
    if (!outside) return false
    const excepted = packageExceptions.some(
      (one) => one.path === path && one.name === to && (typeOnly || !one.typeOnly),
    )
    if (excepted) return false
    const guarded = packageRooms.find((one) => one.name.test(to))
    if (guarded && findRoom(path, guarded.rooms) === undefined) return true
    const pure = pureRooms.find((one) => isIn(path, one.room))
    return pure !== undefined && !pure.may.test(to)
  })
}

function eachImport(sources: readonly Source[], isWrong: (path: string, one: Import) => boolean): string[] {
  return sources.flatMap(({ path, imports }) =>
    imports.filter((one) => isWrong(path, one)).map((one) => `${path} imports ${one.to}`),
  )
}

/** Relative imports name the file with its ending, because Node runs it as it stands. */
export function findImportsWithoutEnding(sources: readonly Source[]): string[] {
  return eachImport(sources, (_path, { to, outside }) => !outside && !/\.(tsx?|js|json|css)$/.test(to))
}

/** Longer than a reader holds in mind. */
export function findLongFiles(sources: readonly Source[], most = 300): string[] {
  return sources
    .map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 }))
    .filter(({ lines }) => lines > most)
    .map(({ path, lines }) => `${path} has ${lines} lines`)
}

/** Drawers for whatever found no home. */
export function findDrawers(paths: readonly string[]): string[] {
  return paths.filter((path) => /(^|\/)(utils?|helpers?|common|misc)(\/|\.)/i.test(path))
}

const targetSessions = 'src/tools/postgres-session.ts'

/** Written so that this very file does not contain what it looks for. */
const forbidden: readonly {
  readonly what: string
  readonly shape: RegExp
  readonly where: (path: string) => boolean
}[] = [
  { what: 'an enum', shape: /^\s*(export )?(declare )?(const )?enum \w/m, where: () => true },
  { what: 'a default export', shape: /^export default /m, where: (path) => !path.endsWith('.config.ts') },
  { what: 'a console call', shape: /\bconsole\s*\./, where: isProduct },
  {
    what: 'an open end',
    shape: new RegExp(`\\b(${['TO', 'DO'].join('')}|${['FIX', 'ME'].join('')}|${['X', 'XX'].join('')})\\b`),
    where: () => true,
  },
  { what: 'the type any', shape: /(:|<|\bas|,)\s*any\b(?=\s*[,;)>=\][|&{}\n])/, where: () => true },
  { what: 'a namespace', shape: /^\s*(export )?namespace \w/m, where: () => true },
  {
    what: 'a session on a target of its own making',
    shape: /new pg\.(Client|Pool)\(/,
    // Sessions on targets begin in one place, which keeps the names of whoever owns a database out of them.
    where: (path) => /^(src\/(tools|runner|logs|plan|engine)|jobs|commands)\//.test(path) && path !== targetSessions,
  },
  { what: 'a switched-off rule', shape: /@ts-(ignore|nocheck)|biome-ignore/, where: isProduct },
]

/** Constructs that this house does without. Comments and quoted text count as well, but for `any`. */
export function findForbidden(sources: readonly Source[]): string[] {
  return sources.flatMap(({ path, text }) =>
    forbidden
      .filter(({ shape, where, what }) => where(path) && shape.test(what === 'the type any' ? dropProse(text) : text))
      .map(({ what }) => `${path} has ${what}`),
  )
}

/** Without comments and quotes, in which `any` is an ordinary word. */
function dropProse(text: string): string {
  return text
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\/\/.*$/gm, '')
    .replace(/`[^`]*`|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"/g, "''")
}

const noise: readonly { readonly what: string; readonly shape: RegExp }[] = [
  { what: "a machine's path", shape: new RegExp(['/wo', 'rk/(main|shared)|/ro', 'ot/|/tmp/br', 'ief'].join('')) },
  { what: 'an issue number', shape: /\b(issues?|PR|pull request) #?\d+\b/i },
  {
    what: 'a registry host',
    shape: new RegExp(['https?://[^\\s"]*(regis', 'try|art', 'ifactory|ne', 'xus)[^\\s"]*'].join(''), 'i'),
  },
]

/** The lab's scripts lay out a root folder for a machine of their own. */
const layoutOfMachines = 'test/support/fixtures/lab'

/** What belongs to a machine or to the making, not to Salvor. */
export function findNoise(files: readonly { readonly path: string; readonly text: string }[]): string[] {
  const mine = files.filter(({ path }) => !isIn(path, layoutOfMachines))
  return mine.flatMap(({ path, text }) =>
    noise
      .filter(({ shape }) => shape.test(text))
      .map(({ what, shape }) => `${path} has ${what}: ${shape.exec(text)?.[0]}`),
  )
}

/** Files that may keep a plain record, each with its reason: what is read there has no names of others as keys. */
const plainRecords: readonly { readonly path: string; readonly why: string }[] = [
  { path: 'src/domain/message.ts', why: 'facts have names of ours' },
  { path: 'src/domain/recovery-plan.ts', why: 'the plan’s schema is given to editors as JSON Schema' },
  { path: 'src/domain/by-name.ts', why: 'says what zod’s own record does' },
  { path: 'src/slack/shared-files.ts', why: 'keys are ids that Slack gives' },
]

/** A plain object that is filled by names of others: `__proto__` is no key of it, and `constructor` always one. */
export function findPlainMaps(sources: readonly Source[]): string[] {
  const forms = [
    /z\s*\.record\(z\.string\(\)/,
    /(?:const|let) \w+: (?:Record<string, [^=]*>|\{ \[\w+: string\][^=]*\}) = \{\}/,
  ]
  const watched = (path: string) =>
    /^(src|jobs|commands)\//.test(path) && !plainRecords.some((one) => one.path === path)
  return sources
    .filter(({ path, text }) => watched(path) && forms.some((form) => form.test(text)))
    .map(({ path }) => path)
}
