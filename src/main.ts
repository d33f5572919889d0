import { pino } from 'pino'
import { type Core, createPagerRoute, createWorkDeps, openCore, sayError } from './app.ts'
import { readConfig } from './config.ts'
import { SalvorError } from './domain/errors/fail.ts'
import { createHealthRoutes, serveHealth } from './health.ts'
import { writePlanSchema } from './plan/write-schema.ts'
import type { Log } from './ports/log.ts'
import { grantRoles } from './postgres/grant.ts'
import { writeWorkerRole } from './postgres/worker-role.ts'
import { runApart } from './runner/run-apart.ts'
import { readToldStep } from './runner/told-step.ts'
import { shutDown } from './shut-down.ts'
import type { Running } from './start-bot.ts'
import { startWorker } from './start-worker.ts'
import { enrolPerson } from './totp/enrol.ts'

/** A worker that starts beside its bot gives it this long to bring the store up to date. */
const STORE_WAIT_MS = 30_000

const usage = `salvor: brings a data migration back after it has failed

  salvor serve                 bot and worker in one process
  salvor bot                   the bot alone
  salvor worker [--name db1]   a worker alone, on a machine whose systems it may touch
  salvor migrate               brings the store up to date, run as its owner where bot and workers have roles of their own
  salvor worker-role <worker> [--apply]  the SQL of a login of the store for one worker alone; --apply runs it, as the store's owner
  salvor audit <incident> [--anchor <file>|<channel>|<no>:<hash>]  re-computes the journal's chain; is what was kept elsewhere still in it?
  salvor totp enrol <person>   a new secret for somebody's one-time codes; it is kept nowhere
  salvor init [--url '\${ADMIN_URL}']  a first recovery plan from what is found here, and the files that belong to it
  salvor schema                the recovery plan's JSON Schema, for editors
  salvor sandbox               the whole product on this machine, with a failed migration to recover

What is said in Slack is said here too, such as \`salvor restore orders-db\`; docs/terminal.md tells how:

  salvor <words> [--json] [--follow|--no-follow]
`

/** The roof: reads the environment, starts the asked-for roles, closes on signals. Answers the exit code. */
export async function main(argv: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const [word = 'help', ...rest] = argv
  try {
    switch (word) {
      case 'serve':
        return await serve(env, ['bot', 'worker'])
      case 'bot':
        return await serve(env, ['bot'])
      case 'worker':
        return await serve(withName(env, rest), ['worker'])
      case 'runner':
        return await runStep(env, await readToldStep(rest[0], process.stdin))
      case 'migrate':
        return await withCore(env, 'migrate', migrate, { migrates: true })
      case 'worker-role':
        return await workerRole(env, rest)
      case 'audit':
        return await withCore(env, 'audit', async (core) => {
          const { auditJournal } = await import('./audit-journal.ts')
          return auditJournal(core, rest)
        })
      case 'schema':
        process.stdout.write(writePlanSchema())
        return 0
      case 'totp':
        return enrol(rest)
      case 'init': {
        const { init } = await import('./start-init.ts')
        return await init(rest, env)
      }
      case 'sandbox': {
        const sandbox = '../sandbox/main.ts'
        const { main: runSandbox } = (await import(sandbox)) as { main: typeof main }
        return await runSandbox(rest, env)
      }
      default: {
        const { complainOf, isSaid, listCommands, runTerminal } = await import('./start-terminal.ts')
        if (isSaid(argv)) return await runTerminal(argv, env, () => openForTerminal(env))
        const asked = word === 'help' || word === '--help'
        if (!asked) process.stderr.write(complainOf(word))
        process.stdout.write(`${usage}\n${listCommands()}`)
        return asked ? 0 : 2
      }
    }
  } catch (error) {
    process.stderr.write(sayError(error))
    return 1
  }
}

/** A runner wakes nobody: its worker looks again when it ends. */
const runnerOpens = { migrates: false, wakes: false }

async function runStep(env: NodeJS.ProcessEnv, step: string | null): Promise<never> {
  const run = (of: string) => withCore(env, 'runner', (core) => runApart(createWorkDeps(core, env), of), runnerOpens)
  const code = step === null ? 0 : await run(step)
  // What is left open to a target that fell silent must not keep a process whose step is over: its worker waits.
  process.exit(code)
}

function withName(env: NodeJS.ProcessEnv, rest: readonly string[]): NodeJS.ProcessEnv {
  const at = rest.indexOf('--name')
  const name = at >= 0 ? rest[at + 1] : undefined
  return name === undefined ? env : { ...env, SALVOR_WORKER: name }
}

/** For an administrator; needs no store. */
function enrol([verb = '', person = '']: readonly string[]): number {
  if (verb !== 'enrol') {
    throw new SalvorError('command_usage', { problem: 'totp enrols a person.', usage: 'salvor totp enrol alice' })
  }
  process.stdout.write(enrolPerson(person))
  return 0
}

/** Somebody looks at standard error here, so only what they must know goes there, unless they ask for more. */
async function openForTerminal(env: NodeJS.ProcessEnv): Promise<Core> {
  const config = readConfig(env)
  return openCore(config, env, createLog(env.LOG_LEVEL ? config.LOG_LEVEL : 'error'), 'terminal')
}

function createLog(level: string): Log {
  return pino({ level }, pino.destination({ dest: 2, sync: true })) as unknown as Log
}

async function withCore(
  env: NodeJS.ProcessEnv,
  role: string,
  work: (core: Core) => Promise<number>,
  how?: Parameters<typeof openCore>[4],
): Promise<number> {
  const config = readConfig(env)
  const core = await openCore(config, env, createLog(config.LOG_LEVEL), role, how)
  try {
    return await work(core)
  } finally {
    await core.close().catch(() => {})
  }
}

/** The store was brought up to date when it was opened; roles of their own get their rights on what is new. */
async function migrate(core: Core): Promise<number> {
  const granted = await grantRoles(core.pool)
  process.stdout.write(`The store is up to date; rights given to: ${granted.join(', ') || 'no role of its own'}\n`)
  return 0
}

/** Prints it, so that somebody can read what they run; a password is set by psql, which shows it to nobody. */
async function workerRole(env: NodeJS.ProcessEnv, rest: readonly string[]): Promise<number> {
  const [worker = '', ...more] = rest
  const known = /^[A-Za-z0-9._-]{1,63}$/.test(worker) && more.every((one) => one === '--apply')
  if (!known) {
    throw new SalvorError('command_usage', {
      problem: 'worker-role makes the login of one worker.',
      usage: 'salvor worker-role db1 [--apply]',
    })
  }
  const { role, sql } = writeWorkerRole(worker)
  if (!more.includes('--apply')) {
    process.stdout.write(`${sql}-- Then give it a password, in psql: \\password ${role}\n`)
    return 0
  }
  return withCore(env, 'worker-role', async (core) => {
    await core.pool.query(sql)
    await grantRoles(core.pool)
    process.stdout.write(`${role} acts for the worker ${worker}. Its password is set in psql: \\password ${role}\n`)
    return 0
  })
}

/** Runs roles until a signal asks for the end; a second signal does not wait. */
async function serve(env: NodeJS.ProcessEnv, roles: readonly ('bot' | 'worker')[]): Promise<number> {
  const config = readConfig(env)
  const log = createLog(config.LOG_LEVEL)
  const migrates = roles.includes('bot')
  // A worker starts beside its bot: what it finds may be about to be brought up to date.
  const core = await openCore(config, env, log, roles.join('+'), { migrates, waitMs: STORE_WAIT_MS })
  const running: Running[] = []
  const health = createHealthRoutes({
    async notReady() {
      const store = await core.pool.query('SELECT 1').then(
        () => [],
        () => ['the store does not answer'],
      )
      // Routes are served while roles still start: nobody should be sent here before all of them have.
      const starting = running.length < roles.length ? ['still starting'] : []
      return [...store, ...starting, ...running.flatMap((role) => role.notReady())]
    },
    async metrics() {
      const active = await core.store.listActiveJobs()
      return { jobs_active: active.length, process_uptime_seconds: Math.round(process.uptime()) }
    },
  })
  const routes = roles.includes('bot') ? [...health, createPagerRoute(core, env)] : health
  let server: Awaited<ReturnType<typeof serveHealth>> | undefined
  // The bot first: nobody should be promised what no worker will start.
  const listParts = () => [
    { name: 'health', stop: () => server?.close() },
    ...running.map((role, index) => ({ name: `role ${index}`, stop: () => role.stop() })),
    { name: 'store', stop: () => core.close() },
  ]
  try {
    await startRoles(core, env, roles, routes, running)
    const served = running.some((role) => role.port() !== null)
    if (!served) server = await serveHealth(routes, config.SALVOR_HOST, config.PORT)
  } catch (error) {
    process.stderr.write(sayError(error))
    // What is open would keep a process that has nothing to do.
    await shutDown(listParts(), log)
    process.exit(1)
  }
  const port = running.find((role) => role.port() !== null)?.port() ?? config.PORT
  log.info({ roles, port, worker: config.SALVOR_WORKER }, 'salvor is up')
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => {
        process.once(signal, () => process.exit(1))
        resolve()
      })
    }
  })
  await shutDown(listParts(), log)
  // Connections to what is gone, and runners that live on under their own lease, would keep the process.
  process.exit(0)
}

/** Starts what was asked for, in order, and adds each to `running` once it runs. */
async function startRoles(
  core: Core,
  env: NodeJS.ProcessEnv,
  roles: readonly ('bot' | 'worker')[],
  routes: ReturnType<typeof createHealthRoutes>,
  running: Running[],
): Promise<void> {
  if (roles.includes('bot')) {
    // Slack's libraries take longer to load than all the rest, and a runner is started for every step with a tool.
    const { startBot } = await import('./start-bot.ts')
    running.push(await startBot(core, env, routes))
    if (core.config.SALVOR_SOCKET) {
      const { startDesk } = await import('./start-desk.ts')
      running.push(await startDesk(core, env, core.config.SALVOR_SOCKET))
    }
  }
  if (roles.includes('worker')) running.push(await startWorker(core, env))
}
