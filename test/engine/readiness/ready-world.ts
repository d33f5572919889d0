import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { join } from 'node:path'
import { inject } from 'vitest'
import type { RecoveryPlan } from '../../../src/domain/recovery-plan.ts'
import type { ReadinessReach } from '../../../src/engine/readiness/reach.ts'
import { expandText } from '../../../src/plan/expand-text.ts'
import { parsePlan } from '../../../src/plan/parse-plan.ts'
import { policyFor } from '../../../src/plan/policy.ts'
import { approverNames } from '../../../src/plan/resolve-rights.ts'
import { silentLog } from '../../../src/ports/log.ts'
import type { Tools } from '../../../src/ports/tools.ts'
import { createArchiveTools } from '../../../src/tools/archives/index.ts'
import { createDumpProvider } from '../../../src/tools/archives/provider.ts'
import { createContentTools } from '../../../src/tools/content/index.ts'
import { createDatabaseTools } from '../../../src/tools/databases/index.ts'
import { createPgBackRest } from '../../../src/tools/pgbackrest/index.ts'
import { createProgramTools } from '../../../src/tools/programs.ts'
import { createRemedyTools } from '../../../src/tools/remedies/index.ts'
import { createServiceTools } from '../../../src/tools/services/index.ts'
import { createToolRunner } from '../../../src/tools/start-tool.ts'
import { adminUrl, createDatabase, runSql, type TestDatabase } from '../../support/postgres.ts'

/** A plan whose every part is really there: a database with a backup, a service that answers, a log, programs, people. */
export interface ReadyWorld {
  readonly database: TestDatabase
  readonly folder: string
  /** Variables of the plan; a test takes some away or makes them wrong. */
  readonly env: Record<string, string | undefined>
  /** The plan's text; a test replaces parts of it. */
  readonly text: string
  /** A reach that sees all of it, but for what a test changes. */
  reach(change?: { text?: (plan: string) => string } & Partial<ReadinessReach>): ReadinessReach
  readonly tools: Tools
  close(): Promise<void>
}

export async function openReadyWorld(): Promise<ReadyWorld> {
  const folder = mkdtempSync(join(inject('runFolder'), 'ready-'))
  const database = await createDatabase({ prefix: 'ready' })
  await runSql(database.url, 'CREATE TABLE t (id int PRIMARY KEY); INSERT INTO t SELECT generate_series(1, 10)')
  const tools = createTools()
  mkdirSync(join(folder, 'backups'))
  mkdirSync(join(folder, 'versions'))
  for (const file of ['migration.log', 'app.yaml']) writeFileSync(join(folder, file), 'a: 1\n')
  const address = { system: 'db', url: database.url, adminUrl: adminUrl(), session: { step: 'test', fence: 1 } }
  await tools.archives.dump({
    target: address,
    folder: join(folder, 'backups'),
    jobs: 1,
    signal: AbortSignal.timeout(30_000),
  })
  const server = await listen()
  const env: ReadyWorld['env'] = { DB_URL: database.url, ADMIN_URL: adminUrl() }
  const text = planText(folder, (server.address() as { port: number }).port)
  const world: Pick<ReadyWorld, 'reach'> = {
    reach({ text: rewrite = (same: string) => same, ...change } = {}) {
      const plan = parsePlan({ text: rewrite(text), path: 'salvor.yaml', folder, fileHashes: {} })
      return { ...makeReach(plan, tools, env), ...change }
    },
  }
  return {
    ...world,
    database,
    folder,
    env,
    text,
    tools,
    async close() {
      server.close()
      await database.drop()
    },
  }
}

function makeReach(plan: RecoveryPlan, tools: Tools, env: ReadyWorld['env']): ReadinessReach {
  const groups: Record<string, string[]> = { S0DBAS: ['U0BOB', 'U0DANA'] }
  const membersOf = async (group: string) => {
    const members = groups[group]
    if (!members) throw new Error('no_such_subteam')
    return members
  }
  return {
    plan,
    tools,
    store: {
      listSucceededJobs: async () => [
        { job: { finishedAt: new Date().toISOString(), params: {} }, steps: [] } as never,
      ],
    },
    policyFor,
    expand: (part) => expandText(part, env),
    resolvePath: (path) => (path.startsWith('/') ? path : join(plan.folder, path)),
    peopleOf: (roles) => approverNames(plan, roles, membersOf),
    membersOf,
    channelMembers: async () => ['U0ALICE', 'U0BOB', 'U0DANA', 'U0CAROL', 'U0DAVE'],
    practised: async () => new Set(['alice', 'U0BOB', 'U0DANA', 'U0CAROL']),
    workers: [{ name: 'db1', process: '1', planDigest: plan.digest, seenAt: '2026-03-01T00:00:00.000Z' }],
    now: new Date(),
    signal: AbortSignal.timeout(30_000),
  }
}

function createTools(): Tools {
  const run = createToolRunner()
  const redact = (text: string) => text
  const archives = createArchiveTools({ run, log: silentLog })
  return {
    archives,
    backups: { pg_dump: createDumpProvider(archives), pgbackrest: createPgBackRest({ run, archives }) },
    content: createContentTools({ log: silentLog }),
    databases: createDatabaseTools({ log: silentLog }),
    services: createServiceTools({ run, redact, log: silentLog }),
    programs: createProgramTools({ run, redact }),
    logs: { readFirstTime: async () => null } as never,
    remedies: createRemedyTools({ run, redact }),
    files: {} as never,
  }
}

function planText(folder: string, port: number): string {
  return `version: 1
title: Ready
channel: C0INC
people: { alice: { slack: U0ALICE } }
roles:
  dba: { users: [alice], groups: [S0DBAS] }
  sysadmin: { users: [U0CAROL] }
  business: { users: [U0DAVE] }
approvals:
  destructive: { from: [dba], count: 1 }
systems:
  db:
    kind: postgres
    owner: dba
    worker: db1
    url: "\${DB_URL}"
    adminUrl: "\${ADMIN_URL}"
    superuser: a server of the tests
    backups: [{ kind: pg_dump, path: backups }]
    checks: [{ name: ten rows, sql: SELECT count(*) FROM t, expect: 10 }]
    remedies: [{ name: widen, when: {}, sql: ALTER TABLE t ALTER id TYPE bigint }]
  api:
    kind: service
    owner: sysadmin
    restart: [/bin/true]
    identity: [/bin/echo, "4711"]
    health: { http: "http://127.0.0.1:${port}/" }
    config: [{ path: ${folder}/app.yaml, versions: ${folder}/versions }]
logs: { migration: { path: migration.log } }
migrations: { m: { system: db, log: migration, stop: [/bin/true], rerun: [/bin/true] } }
scripts: { cache: { argv: [/bin/true], risk: reversible } }
uat: { entry: { testers: [business], needed: 1, cases: [Place an order] } }
`
}

function listen(): Promise<Server> {
  const server = createServer((_request, response) => response.end('ok'))
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)))
}
