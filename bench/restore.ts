import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { silentLog } from '../src/ports/log.ts'
import { createArchiveTools } from '../src/tools/archives/index.ts'
import { createContentTools } from '../src/tools/content/index.ts'
import { createDatabaseTools } from '../src/tools/databases/index.ts'
import { createToolRunner } from '../src/tools/start-tool.ts'
import { createStore, openSalvor } from './job/open-salvor.ts'
import { readCount, readFlags, readSize } from './measure/read-words.ts'
import { type Benchmark, setGoal } from './measure/result.ts'
import { runSql, serverSettings, startServers } from './measure/servers.ts'
import { compareRuns, findMedian, round } from './measure/statistics.ts'
import { type Built, buildArchive, databaseName } from './restore/build-archive.ts'
import { runBare } from './restore/run-bare.ts'
import { timeLoadStep } from './restore/salvor-step.ts'

/** As the restore job chooses: more only make the disk seek. */
const MOST_JOBS = 8
const KEPT = `${databaseName}_kept`
const SIDE = `${databaseName}_side_1`

/** Seconds of each run, in the order of the rounds. */
type Times = Record<'bare' | 'plain' | 'step' | 'create' | 'tool' | 'loadAlone', number[]>

/** Salvor's load of an archive against the tool that it starts, alone. */
export const restore: Benchmark = {
  name: 'restore',
  usage: 'restore [--size 1GB] [--rounds 3] [--jobs <processors>] [--dir <kept between runs>]',
  async run(words, tell) {
    const flags = readFlags(words, ['size', 'rounds', 'jobs', 'dir'])
    const bytes = readSize(flags, 1e9)
    const rounds = readCount(flags, 'rounds', 3)
    const jobs = readCount(flags, 'jobs', Math.min(MOST_JOBS, availableParallelism()))
    const folder = flags.dir ?? join(tmpdir(), `salvor-bench-restore-${bytes / 1e6}MB`)
    const servers = await startServers(folder)
    const adminUrl = servers.postgres.url('postgres')
    const closers: (() => Promise<void>)[] = [servers.close]
    try {
      await putBack(adminUrl)
      const built = await buildArchive({ adminUrl, folder, bytes, jobs, tell })
      // As in a deployment: what the store must keep at once does not wait for what the target writes.
      const own = await startServers()
      closers.push(own.close)
      await createStore(own.postgres.url('postgres'))
      const storeUrl = own.postgres.url('salvor')
      const redisUrl = await own.startRedis()
      const salvor = await openSalvor({ ...urlsOf(built), folder, storeUrl, redisUrl, jobs })
      closers.push(salvor.close)
      const times: Times = { bare: [], plain: [], step: [], create: [], tool: [], loadAlone: [] }
      const runs = [
        async () => times.bare.push(await timeBare(built, jobs)),
        async () => {
          const { create, load, tool, side } = await timeLoadStep(salvor)
          times.create.push(create)
          times.step.push(load)
          times.tool.push(tool)
          await runSql(adminUrl, `DROP DATABASE "${side}" WITH (FORCE)`)
        },
        async () => times.plain.push(await timePlain(adminUrl, built)),
        async () => times.loadAlone.push(await timeLoad(built, jobs)),
      ]
      tell('Warming up: one bare restore, so that the archive is in memory for all …')
      await timeBare(built, jobs)
      for (let at = 0; at < rounds; at++) {
        // Each begins in turn, and none pays for what the one before left to be written.
        for (let next = 0; next < runs.length; next++) {
          await runSql(adminUrl, 'CHECKPOINT')
          await runs[(at + next) % runs.length]?.()
        }
        tell(`Round ${at + 1} of ${rounds}: ${describeLast(times)}`)
      }
      return describeResult(times, {
        rounds,
        jobs,
        databaseBytes: built.databaseBytes,
        archiveBytes: built.point.bytes,
        tables: built.point.tables,
        rows: built.point.rows,
        postgres: { version: servers.version, ...serverSettings },
      })
    } finally {
      for (const close of closers.toReversed()) await close().catch(() => {})
    }
  },
}

function urlsOf({ orders }: Built): { url: string; adminUrl: string } {
  return { url: orders.url, adminUrl: orders.maintenanceUrl }
}

/** `pg_restore -j N` into a database that was created as Salvor creates its own; that is not in the time. */
async function timeBare(built: Built, jobs: number): Promise<number> {
  return withSide(built, () => runBare(built.target.adminUrl, [`--jobs=${jobs}`, `--dbname=${SIDE}`, built.point.path]))
}

/** The very function that the load step calls, in this process: what starting a process of its own adds is left out. */
async function timeLoad(built: Built, jobs: number): Promise<number> {
  const archives = createArchiveTools({ run: createToolRunner() })
  const proven = await archives.prove({ point: built.point, signal: AbortSignal.timeout(1_800_000) })
  return withSide(built, async () => {
    const started = performance.now()
    await archives.load({
      point: built.point,
      proven,
      manifest: await archives.readManifest(built.point),
      target: { ...built.target, url: built.target.adminUrl },
      database: SIDE,
      owner: 'postgres',
      jobs,
      signal: AbortSignal.timeout(1_800_000),
      onProgress: () => {},
    })
    return (performance.now() - started) / 1000
  })
}

async function withSide(built: Built, time: () => Promise<number>): Promise<number> {
  const databases = createDatabaseTools({ log: silentLog })
  const content = createContentTools({ log: silentLog })
  const { target } = built
  const like = await content.readProperties({ target, database: databaseName })
  const { oid } = await databases.createSide({ target, name: SIDE, like, job: 'bench' })
  try {
    return await time()
  } finally {
    await databases.dropSide({ target, name: SIDE, oid })
  }
}

/** `pg_restore -C -d postgres`, as people type it: it creates the database under its own name, so that one steps aside. */
async function timePlain(adminUrl: string, built: Built): Promise<number> {
  await runSql(adminUrl, `ALTER DATABASE ${databaseName} RENAME TO ${KEPT}`)
  try {
    return await runBare(built.target.adminUrl, ['-C', '-d', 'postgres', built.point.path])
  } finally {
    await putBack(adminUrl)
  }
}

/** Gives the original its name back, also after a run that was killed. */
async function putBack(adminUrl: string): Promise<void> {
  const kept = await runSql(adminUrl, 'SELECT FROM pg_database WHERE datname = $1', [KEPT])
  await runSql(adminUrl, `DROP DATABASE IF EXISTS ${SIDE} WITH (FORCE)`)
  if (kept.length === 0) return
  await runSql(adminUrl, `DROP DATABASE IF EXISTS ${databaseName} WITH (FORCE)`)
  await runSql(adminUrl, `ALTER DATABASE ${KEPT} RENAME TO ${databaseName}`)
}

function describeLast(times: Times): string {
  return Object.entries(times)
    .map(([name, all]) => `${name} ${all.at(-1)?.toFixed(2)} s`)
    .join(', ')
}

function describeResult(times: Times, settings: Readonly<Record<string, unknown>>) {
  const whole = times.step.map((load, at) => load + (times.create[at] ?? Number.NaN))
  const overBare = compareRuns(times.step, times.bare)
  const overPlain = compareRuns(whole, times.plain)
  const toolOverBare = compareRuns(times.tool, times.bare)
  const longer = times.step.map((step, at) => step - (times.tool[at] ?? Number.NaN))
  const all = { ...times, createAndStep: whole, stepBeyondTool: longer }
  return {
    compares:
      "seconds of Salvor's load step in its runner process (step; create is the side database before it) against bare pg_restore with the same -j into a database created the same way, and against pg_restore -C -d postgres",
    settings,
    measured: Object.fromEntries(
      Object.entries(all).map(([name, runs]) => [name, { median: round(findMedian(runs)), runs: runs.map(round) }]),
    ),
    ratios: {
      toolOverBare,
      stepOverBare: overBare,
      loadAloneOverBare: compareRuns(times.loadAlone, times.bare),
      createAndStepOverPlain: overPlain,
      // Bare against bare of another round: what a ratio may be off without any reason.
      noiseOfBare: round(Math.max(...times.bare) / Math.min(...times.bare)),
    },
    goals: [
      setGoal('pg_restore inside the step over bare pg_restore with the same -j', 1.03, toolOverBare.median),
      setGoal('seconds that the step takes longer than its pg_restore', 1, findMedian(longer)),
      setGoal('create and load over pg_restore -C -d postgres', 0.75, overPlain.median),
    ],
  }
}
