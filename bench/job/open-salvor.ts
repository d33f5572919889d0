import { randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Core, createWorkDeps, openCore } from '../../src/app.ts'
import { readConfig } from '../../src/config.ts'
import type { Utterance } from '../../src/domain/person.ts'
import { findCurrentStep, type JobView } from '../../src/domain/view.ts'
import { createEngine, type Engine } from '../../src/engine/engine.ts'
import { advance } from '../../src/engine/work/advance.ts'
import { listPolicies } from '../../src/plan/policy.ts'
import { readPlan } from '../../src/plan/read-plan.ts'
import { silentLog } from '../../src/ports/log.ts'
import { runSql } from '../measure/servers.ts'

/** Salvor as it is, minus Slack: a store, a queue, and this process as the worker that moves one job. */
export interface OpenSalvor {
  readonly core: Core
  readonly engine: Engine
  /** Asks for a job on `orders-db` and answers its id. */
  request(kind: string, params: Readonly<Record<string, string>>): Promise<string>
  /** One wakeup of the job: the step that it moved, and the seconds that this took, with the start of a runner. */
  advance(job: string): Promise<{ readonly step: string | undefined; readonly seconds: number }>
  /** Runs a job that asks nobody to its end: seconds by step. Throws when it ends otherwise. */
  runWhole(kind: string, params: Readonly<Record<string, string>>): Promise<Readonly<Record<string, number>>>
  close(): Promise<void>
}

/** Opens Salvor on a store of its own, with a plan that knows the one database. */
export async function openSalvor(of: {
  readonly url: string
  readonly adminUrl: string
  readonly folder: string
  readonly storeUrl: string
  readonly redisUrl: string
  readonly jobs: number
}): Promise<OpenSalvor> {
  const planPath = join(of.folder, 'salvor.yaml')
  writeFileSync(planPath, writePlan(of.folder, of.jobs))
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    DATABASE_URL: of.storeUrl,
    REDIS_URL: of.redisUrl,
    SALVOR_PLAN: planPath,
    SALVOR_WORKER: 'bench',
    LOG_LEVEL: 'error',
    BENCH_DB_URL: of.url,
    BENCH_ADMIN_URL: of.adminUrl,
  }
  const { plan, source } = await readPlan(planPath)
  const core = await openCore(readConfig(env), env, silentLog, 'bench', { migrates: true })
  await core.shelf.putInForce({ ...source, digest: plan.digest }, listPolicies(plan))
  const engine = createEngine(core.engine)
  const { number } = await engine.openIncident(say(), {
    title: 'A benchmark',
    severity: 4,
    system: 'orders-db',
    channel: null,
    beganAt: null,
    beganSource: null,
    deadline: null,
  })
  const work = createWorkDeps(core, env)
  // As a worker does when it starts.
  work.prepareRunner?.()
  const request: OpenSalvor['request'] = async (kind, params) =>
    (await engine.requestJob(say(), { incident: number, kind, params, words: kind })).id
  const move: OpenSalvor['advance'] = async (job) => {
    const step = findCurrentStep(await viewRunning(core, job))?.name
    const started = performance.now()
    await advance(work, job)
    return { step, seconds: (performance.now() - started) / 1000 }
  }
  return {
    core,
    engine,
    request,
    advance: move,
    async runWhole(kind, params) {
      const job = await request(kind, params)
      const seconds: Record<string, number> = {}
      for (;;) {
        const moved = await move(job)
        if (moved.step !== undefined) seconds[moved.step] = (seconds[moved.step] ?? 0) + moved.seconds
        if ((await viewRunning(core, job)).job.state === 'succeeded') return seconds
      }
    },
    close: () => core.close(),
  }
}

/** Throws what stopped it when the job is at rest without having succeeded. */
async function viewRunning(core: Core, job: string): Promise<JobView> {
  const view = await core.store.viewJob(job)
  if (view && !['failed', 'stopped', 'needs_person'].includes(view.job.state)) return view
  const failed = view?.steps.find((one) => one.failure !== null)
  throw new Error(`${job} is ${view?.job.state}: ${JSON.stringify(failed?.failure)}`)
}

let said = 0

/** Each utterance is new: the same one twice would have one effect. */
export function say(person: 'alice' | 'bob' = 'alice'): Utterance {
  said += 1
  return {
    requestId: `bench:${said}:${randomUUID()}`,
    person: { id: person, slack: `U0${person.toUpperCase()}`, os: null },
    via: 'system',
    channel: null,
    thread: null,
    at: new Date().toISOString(),
  }
}

function writePlan(folder: string, jobs: number): string {
  return `version: 1
title: Benchmark
people:
  alice: { slack: U0ALICE }
  bob: { slack: U0BOB }
roles:
  dba: { users: [alice, bob] }
systems:
  orders-db:
    kind: postgres
    owner: dba
    url: \${BENCH_DB_URL}
    adminUrl: \${BENCH_ADMIN_URL}
    superuser: a server of this benchmark alone
    jobs: ${jobs}
    backups:
      - { kind: pg_dump, path: ${JSON.stringify(join(folder, 'dumps'))} }
`
}

/** A store of its own, new with each run. */
export async function createStore(adminUrl: string): Promise<void> {
  await runSql(adminUrl, 'DROP DATABASE IF EXISTS salvor WITH (FORCE)')
  await runSql(adminUrl, 'CREATE DATABASE salvor')
}
