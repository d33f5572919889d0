import { mkdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { createTools } from './app.ts'
import { buildReadinessCard } from './domain/cards/readiness-card.ts'
import type { Discovery } from './domain/discovery.ts'
import { SalvorError } from './domain/errors/fail.ts'
import { checkReadiness } from './engine/readiness/check-readiness.ts'
import { expandText } from './plan/expand-text.ts'
import { nameSystem, variableOf } from './plan/first-plan/name-system.ts'
import { writeFirstPlan } from './plan/first-plan/write-first-plan.ts'
import { writeEnvExample, writeGrants, writeSudoers } from './plan/first-plan/write-side-files.ts'
import { policyFor } from './plan/policy.ts'
import { readPlan } from './plan/read-plan.ts'
import { approverNames } from './plan/resolve-rights.ts'
import { writePlanSchema } from './plan/write-schema.ts'
import { silentLog } from './ports/log.ts'
import type { Tools } from './ports/tools.ts'
import { drawText } from './terminal/draw-text.ts'
import { discover } from './tools/discover/index.ts'
import { createRedactor } from './tools/redact.ts'
import { createToolRunner } from './tools/start-tool.ts'

/** A look at everything takes seconds; what has not answered by then will not answer on the night either. */
const PATIENCE_MS = 60_000

const usage = `salvor init [--url '\${ADMIN_URL}'] [--backups <folder>]… [--dir <folder>]`

const shown = `The password in --url stands in the shell's history and was in the list of processes: change it, and say --url '\${ADMIN_URL}' with the address in the environment.`

/**
 * Writes a first plan from what is found, with the files that belong to it. A file that is there already stays as it
 * is, and is named: nothing that somebody wrote is lost. Answers the exit code.
 */
export async function init(argv: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const { url, backups, dir } = readOptions(argv, env)
  const redact = createRedactor(url === undefined ? [] : [url])
  const run = createToolRunner({ log: silentLog, redact })
  const tools = createTools(silentLog, redact, redact)
  const found = await discover({
    run,
    archives: tools.archives,
    redact,
    ...(url ? { url } : {}),
    ...(backups ? { places: backups } : {}),
  })
  const people = await findPeople(env)
  const discovery: Discovery = { ...found, people: people.found, notes: [...found.notes, ...people.notes] }
  const files = {
    'salvor.yaml': writeFirstPlan(discovery),
    'salvor.schema.json': writePlanSchema(),
    '.env.example': writeEnvExample(discovery),
    'grants.sql': writeGrants(discovery),
    sudoers: writeSudoers(discovery),
  }
  await mkdir(dir, { recursive: true })
  for (const [name, content] of Object.entries(files)) tell(await writeNew(join(dir, name), content))
  tell(`Found: ${sayFound(discovery)}.`)
  for (const note of discovery.notes) tell(`Note: ${note}`)
  tell('')
  tell(await checkFirst(dir, tools, { ...env, ...guessVariables(discovery, url) }))
  tell('\nNext: name people in the roles, fill in .env, then `salvor plan check` looks again.')
  return 0
}

/**
 * What `plan check` says of the plan that is there now, written just now or before. Without a store: nobody has
 * practised here, no worker is up, and a restore was never proven.
 */
async function checkFirst(dir: string, tools: Tools, env: NodeJS.ProcessEnv): Promise<string> {
  const { plan } = await readPlan(join(dir, 'salvor.yaml'))
  const cannotAsk = async (group: string) => {
    throw new Error(`the user group ${group} can be resolved only by the bot`)
  }
  const findings = await checkReadiness({
    plan,
    tools,
    store: { listSucceededJobs: async () => [] },
    policyFor,
    expand: (text) => expandText(text, env),
    resolvePath: (path) => resolve(dir, expandText(path, env)),
    peopleOf: (roles) => approverNames(plan, roles, cannotAsk),
    membersOf: cannotAsk,
    channelMembers: async () => null,
    practised: async () => new Set(),
    workers: [],
    now: new Date(),
    signal: AbortSignal.timeout(PATIENCE_MS),
  })
  const width = process.stdout.columns ?? 100
  return drawText(buildReadinessCard(findings), { width, colour: process.stdout.isTTY && !process.env.NO_COLOR })
}

/** The addresses that the first plan asks for, as far as the given one tells them: the check can look at once. */
function guessVariables({ databases }: Discovery, url: string | undefined): NodeJS.ProcessEnv {
  if (url === undefined) return {}
  const ofDatabases = databases.map(({ name }) => {
    const address = new URL(url)
    address.pathname = `/${encodeURIComponent(name)}`
    return [variableOf(nameSystem(name, 'db')), address.href]
  })
  return { ADMIN_URL: url, ...Object.fromEntries(ofDatabases) }
}

function readOptions(argv: readonly string[], env: NodeJS.ProcessEnv) {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: { url: { type: 'string' }, backups: { type: 'string', multiple: true }, dir: { type: 'string' } },
    })
    const url = values.url === undefined ? undefined : expandText(values.url, env)
    if (url !== undefined && !/^postgres(ql)?:\/\//.test(url)) throw new Error('--url takes postgres://…')
    const isShown = values.url !== undefined && URL.canParse(values.url) && new URL(values.url).password !== ''
    if (isShown && url === values.url) process.stderr.write(`${shown}\n`)
    return { url, backups: values.backups?.map((path) => resolve(path)), dir: resolve(values.dir ?? '.') }
  } catch (error) {
    const problem = `init does not understand this: ${error instanceof Error ? error.message : String(error)}.`
    throw new SalvorError('command_usage', { problem, usage })
  }
}

/** Slack's libraries are loaded only where there is a token to ask with. */
async function findPeople(env: NodeJS.ProcessEnv): Promise<{ found: Discovery['people']; notes: string[] }> {
  const botToken = env.SLACK_BOT_TOKEN
  if (!botToken) return { found: [], notes: [] }
  const [{ createClients }, { listPeople }] = await Promise.all([
    import('./slack/clients.ts'),
    import('./slack/list-people.ts'),
  ])
  try {
    const { background } = createClients({ botToken, apiUrl: env.SLACK_API_URL, log: silentLog })
    return { found: await listPeople(background), notes: [] }
  } catch (error) {
    return {
      found: [],
      notes: [`Slack did not name its people: ${error instanceof Error ? error.message : String(error)}`],
    }
  }
}

async function writeNew(path: string, content: string): Promise<string> {
  try {
    await writeFile(path, content, { flag: 'wx' })
    return `Wrote ${path}`
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    return `Left ${path} as it is: it was there already`
  }
}

function sayFound({ databases, dumpFolders, stanzas, units, people }: Discovery): string {
  const counts = [
    [databases.length, 'databases'],
    [dumpFolders.length, 'folders of dumps'],
    [stanzas.length, 'pgBackRest stanzas'],
    [units.length, 'running services'],
    [people.length, 'people in Slack'],
  ] as const
  return counts.map(([count, what]) => `${count} ${what}`).join(', ')
}

function tell(line: string): void {
  process.stdout.write(`${line}\n`)
}
