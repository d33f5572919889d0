import { resolve } from 'node:path'
import type pg from 'pg'
import { commandRegister } from '../commands/index.ts'
import { jobRegister } from '../jobs/index.ts'
import type { Config } from './config.ts'
import { SalvorError } from './domain/errors/fail.ts'
import type { RecoveryPlan } from './domain/recovery-plan.ts'
import type { EngineDeps } from './engine/deps.ts'
import { acknowledgePage } from './engine/due/pages.ts'
import { createEngine } from './engine/engine.ts'
import { createReadiness } from './engine/readiness/create-readiness.ts'
import type { SayDeps } from './engine/say/deps.ts'
import { createOutsiders } from './engine/say/outsiders.ts'
import type { WorkDeps } from './engine/work/deps.ts'
import { createLogTools } from './logs/index.ts'
import { createAcknowledgeRoute } from './pager/acknowledge-route.ts'
import { createPager } from './pager/send-page.ts'
import { expandText } from './plan/expand-text.ts'
import { createPlanBook } from './plan/plan-book.ts'
import { createRoleBook } from './plan/role-book.ts'
import { systemClock } from './ports/clock.ts'
import type { Log } from './ports/log.ts'
import type { Pager } from './ports/pager.ts'
import type { PeopleLookup, PlanShelf } from './ports/plans.ts'
import type { Route } from './ports/routes.ts'
import type { SecondFactor } from './ports/second-factor.ts'
import type { Store } from './ports/store.ts'
import type { Tools } from './ports/tools.ts'
import { createCodeLedger } from './postgres/codes.ts'
import { readInstallation } from './postgres/installation.ts'
import { createLeases } from './postgres/lease.ts'
import { migrateStore, requireCurrentStore } from './postgres/migrate.ts'
import { createPlanShelf } from './postgres/plans.ts'
import { openPool } from './postgres/pool.ts'
import { createStore } from './postgres/store.ts'
import { createWorkerBook } from './postgres/workers.ts'
import type { QueueBackend } from './queue/backend.ts'
import { createWakeups } from './queue/wakeups.ts'
import { createRunners } from './runner/spawn-runner.ts'
import { createLearningRedactor } from './secrets.ts'
import { createArchiveTools } from './tools/archives/index.ts'
import { createDumpProvider } from './tools/archives/provider.ts'
import { createContentTools } from './tools/content/index.ts'
import { createDatabaseTools } from './tools/databases/index.ts'
import { createFileTools } from './tools/files/index.ts'
import { createPgBackRest } from './tools/pgbackrest/index.ts'
import { createProgramTools } from './tools/programs.ts'
import { redactErrors } from './tools/redact-errors.ts'
import { createRemedyTools } from './tools/remedies/index.ts'
import { createServiceTools } from './tools/services/index.ts'
import { createToolRunner } from './tools/start-tool.ts'
import { createSecondFactor } from './totp/second-factor.ts'

/** What every role of Salvor stands on. */
export interface Core {
  readonly config: Config
  readonly log: Log
  readonly pool: pg.Pool
  readonly store: Store
  readonly shelf: PlanShelf
  /** Null in a process that wakes nobody. */
  readonly queue: QueueBackend | null
  /** See readInstallation. */
  readonly installation: string
  readonly tools: Tools
  readonly engine: EngineDeps
  readonly redact: (text: string) => string
  /** Who is in which group and channel, as far as this process can ask. */
  readonly people: PeopleLookup
  /** Where Slack is asked; the bot sets it, elsewhere groups cannot be resolved and grant nothing. */
  setPeopleLookup(lookup: PeopleLookup): void
  close(): Promise<void>
}

/** What a process may do to the store before it uses it, and how long it waits for somebody else who does it. */
interface OpenHow {
  /** For bot, serve and migrate: brings the schema up to date. Everybody else only looks whether it is. */
  readonly migrates: boolean
  readonly waitMs?: number
  /** False in a runner: its worker looks again when it ends, and loading BullMQ would make its start longer. */
  readonly wakes?: boolean
}

/** Opens store, queue and tools, and joins them. */
export async function openCore(
  config: Config,
  env: NodeJS.ProcessEnv,
  log: Log,
  role: string,
  how: OpenHow = { migrates: false },
): Promise<Core> {
  const explain = (thrown: unknown) => {
    throw explainStore(thrown)
  }
  if (how.migrates) await migrateStore(config.DATABASE_URL).catch(explain)
  const pool = openPool(config.DATABASE_URL, `salvor:${role}`, log)
  if (!how.migrates)
    await requireCurrentStore(pool, how.waitMs ?? 0).catch(async (thrown: unknown) => {
      await pool.end()
      explain(thrown)
    })
  const store = createStore(pool)
  const { redact, redactShowingRows, watch } = createLearningRedactor(config, env)
  const shelf = watch(createPlanShelf(pool))
  const plans = createPlanBook(shelf)
  const installation = await readInstallation(pool)
  const queue = how.wakes === false ? null : await openQueue(config, log, installation)
  const wakeups = queue === null ? noWakeups : createWakeups(queue, log)
  let lookup: PeopleLookup = {
    async membersOf(group) {
      throw new Error(`the user group ${group} can be resolved only by the bot`)
    },
    channelMembers: async () => null,
  }
  const people: PeopleLookup = {
    membersOf: (group) => lookup.membersOf(group),
    channelMembers: (channel) => lookup.channelMembers(channel),
  }
  const roles = createRoleBook({ plans, groups: people.membersOf })
  return {
    config,
    log,
    pool,
    store,
    shelf,
    queue,
    installation,
    redact,
    tools: createTools(log, redact, redactShowingRows),
    engine: { store, wakeups, jobs: jobRegister, plans, roles, clock: systemClock, log },
    people,
    setPeopleLookup: (found) => {
      lookup = found
    },
    async close() {
      await wakeups.close()
      await queue?.close()
      await pool.end()
    },
  }
}

async function openQueue(config: Config, log: Log, installation: string): Promise<QueueBackend> {
  const { openPostgresBackend, openRedisBackend } = await import('./queue/backend.ts')
  return config.REDIS_URL
    ? openRedisBackend(config.REDIS_URL, log, `salvor-${installation}`)
    : await openPostgresBackend(config.DATABASE_URL, log)
}

const noWakeups = { wake: async () => {}, close: async () => {} }

/** A store that is not there is the first thing that people meet; what else goes wrong with it is left as it is. */
function explainStore(thrown: unknown): unknown {
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : ''
  const known: Record<string, string> = {
    ECONNREFUSED: 'nothing listens there',
    ENOTFOUND: 'there is no such host',
    ETIMEDOUT: 'there is no answer',
    '28P01': 'user or password is wrong',
    '28000': 'this user may not connect',
    '3D000': 'there is no such database',
  }
  const why = known[code]
  if (why === undefined) return thrown
  const problem = `DATABASE_URL: the store does not answer (${why}).`
  const fix = 'Start its PostgreSQL, or correct DATABASE_URL; `docker compose up -d postgres` brings one.'
  return new SalvorError('config_invalid', { problem, fix }, { cause: thrown })
}

/** Hands. Only processes that may touch targets use them. */
export function createTools(log: Log, redact: Core['redact'], redactShowingRows: Core['redact']): Tools {
  const run = createToolRunner({ log, redact })
  const archives = redactErrors(createArchiveTools({ run, log }), redact)
  const pgbackrest = redactErrors(createPgBackRest({ run, archives, log }), redact)
  return {
    archives,
    backups: { pg_dump: createDumpProvider(archives), pgbackrest },
    content: createContentTools({ log, redact }),
    databases: createDatabaseTools({ log, redact }),
    remedies: createRemedyTools({ run, redact, redactShowingRows, log }),
    services: createServiceTools({ run, redact, log }),
    files: createFileTools({ redact, run }),
    logs: createLogTools({ run, redact, redactShowingRows }),
    programs: createProgramTools({ run, redact }),
  }
}

/** The working side: leases, hands and runner processes. */
export function createWorkDeps(core: Core, env: NodeJS.ProcessEnv): WorkDeps {
  return {
    ...core.engine,
    leases: createLeases(core.config.DATABASE_URL, core.log),
    tools: core.tools,
    worker: core.config.SALVOR_WORKER,
    installation: core.installation,
    ...createRunners(core.log, env),
    expand: (text) => expandText(text, env),
    redact: core.redact,
  }
}

/** The listening side: what it takes to act on words, from Slack or a terminal. */
export function createSayDeps(core: Core, env: NodeJS.ProcessEnv, planOf: () => RecoveryPlan): SayDeps {
  const { plans, roles } = core.engine
  const { store, tools, people } = core
  const expand = (text: string) => expandText(text, env)
  const resolvePath = (path: string) => resolve(planOf().folder, expandText(path, env))
  const reach = { plans, roles, people, store, tools, expand, resolvePath, clock: systemClock }
  const engine = createEngine(core.engine)
  return {
    commands: commandRegister,
    jobs: jobRegister,
    plans,
    roles,
    engine,
    outsiders: createOutsiders({ clock: systemClock, engine }),
    store,
    tools,
    readiness: createReadiness({ ...reach, workers: createWorkerBook(core.pool) }),
    expand,
    resolvePath,
    clock: systemClock,
    log: core.log,
  }
}

/** Wakes people as the plan says, with the keys of this process' environment. */
export function createPlanPager(core: Core, env: NodeJS.ProcessEnv): Pager {
  return createPager({ expand: (text) => expandText(text, env), redact: core.redact, now: systemClock.now })
}

/** Where whoever was paged says that they are awake. */
export function createPagerRoute(core: Core, env: NodeJS.ProcessEnv): Route {
  return createAcknowledgeRoute({
    async key() {
      const { pager } = await core.engine.plans.inForce()
      try {
        return pager === undefined ? null : expandText(pager.key, env)
      } catch {
        return null
      }
    },
    acknowledge: ({ page, by }) => acknowledgePage(core.engine, { page, by: core.redact(by) }),
    now: systemClock.now,
  })
}

/** One-time codes, with the secrets of this process' environment. */
export function createFactor(core: Core, env: NodeJS.ProcessEnv): SecondFactor {
  const people = async () => Object.keys((await core.engine.plans.inForce()).people)
  return createSecondFactor({ env, ledger: createCodeLedger(core.pool), clock: systemClock, people })
}

/** One sentence for people and a hint, for whatever ends a program. */
export function sayError(error: unknown): string {
  if (error instanceof SalvorError) return `${error.message}\n${error.hint}\n`
  return `${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`
}
