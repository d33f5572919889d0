import { randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Core, createWorkDeps, openCore } from '../../src/app.ts'
import { readConfig } from '../../src/config.ts'
import type { Utterance } from '../../src/domain/person.ts'
import { findCurrentStep } from '../../src/domain/view.ts'
import { createEngine } from '../../src/engine/create-engine.ts'
import { advance } from '../../src/engine/work/advance.ts'
import { readPlan } from '../../src/plan/read-plan.ts'
import { silentLog } from '../../src/ports/log.ts'
import { runSql } from '../measure/servers.ts'
import type { Built } from './build-archive.ts'

/** Salvor as it is, minus Slack: a store, a queue, and this process as the worker that moves one job. */
export interface SalvorStep {
  /** A restore job up to its load step, then that step in its runner process. Seconds of creating and of loading. */
  run(): Promise<{ readonly create: number; readonly load: number; readonly tool: number; readonly side: string }>
  close(): Promise<void>
}

/** Opens Salvor on a store of its own, with a plan that knows the one database. */
export async function openSalvor(of: {
  readonly built: Built
  readonly folder: string
  readonly storeUrl: string
  readonly redisUrl: string
  readonly jobs: number
}): Promise<SalvorStep> {
  const planPath = join(of.folder, 'salvor.yaml')
  writeFileSync(planPath, writePlan(of.folder, of.jobs))
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    DATABASE_URL: of.storeUrl,
    REDIS_URL: of.redisUrl,
    SALVOR_PLAN: planPath,
    SALVOR_WORKER: 'bench',
    LOG_LEVEL: 'error',
    BENCH_DB_URL: of.built.orders.url,
    BENCH_ADMIN_URL: of.built.orders.maintenanceUrl,
  }
  const { plan, source } = await readPlan(planPath)
  const core = await openCore(readConfig(env), env, silentLog, 'bench')
  await core.shelf.putInForce({ ...source, digest: plan.digest })
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
  return {
    async run() {
      const params = { system: 'orders-db', backup: 'latest' }
      const { id } = await engine.requestJob(say(), { incident: number, kind: 'restore', params, words: 'restore' })
      let create = Number.NaN
      for (;;) {
        const step = await readStep(core, id)
        const started = performance.now()
        await advance(work, id)
        const seconds = (performance.now() - started) / 1000
        if (step === 'create') create = seconds
        if (step !== 'load') continue
        const output = await readLoaded(core, id)
        await engine.stop(say(), id)
        await advance(work, id)
        return { create, load: seconds, ...output }
      }
    },
    close: () => core.close(),
  }

  async function readStep(from: Core, id: string): Promise<string | undefined> {
    const view = await from.store.viewJob(id)
    if (!view || ['failed', 'stopped', 'needs_person'].includes(view.job.state)) {
      const failed = view?.steps.find((one) => one.failure !== null)
      throw new Error(`${id} is ${view?.job.state}: ${JSON.stringify(failed?.failure)}`)
    }
    return findCurrentStep(view)?.name
  }

  async function readLoaded(from: Core, id: string): Promise<{ tool: number; side: string }> {
    const output = (await from.store.viewJob(id))?.steps.find((one) => one.name === 'load')
    if (output?.state !== 'done') throw new Error(`the load is ${output?.state}: ${JSON.stringify(output?.failure)}`)
    const { seconds, side } = output.output as { seconds: number; side: string }
    return { tool: seconds, side }
  }
}

let said = 0

/** Each utterance is new: the same one twice would have one effect. */
function say(): Utterance {
  said += 1
  return {
    requestId: `bench:${said}:${randomUUID()}`,
    person: { id: 'alice', slack: 'U0ALICE', os: null },
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
roles:
  dba: { users: [alice] }
systems:
  orders-db:
    kind: postgres
    owner: dba
    url: \${BENCH_DB_URL}
    adminUrl: \${BENCH_ADMIN_URL}
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
