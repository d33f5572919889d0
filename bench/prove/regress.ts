import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { compareOutput } from '../../jobs/verify/params.ts'
import { findPrograms, requirePrograms } from '../../sandbox/bootstrap/index.ts'
import { createStore, type OpenSalvor, openSalvor, say } from '../job/open-salvor.ts'
import { startServers } from '../measure/servers.ts'
import { changeObjects } from './regress/change-objects.ts'
import { fetchRegress, run } from './regress/fetch.ts'

const DATABASE = 'regression'

/**
 * PostgreSQL's own regression database: built, backed up, each of its objects changed by itself, damaged, restored and
 * verified. Writes docs/proofs/regress.json. An argument is the folder that keeps source and server between runs.
 */
async function main(argv: readonly string[]): Promise<void> {
  const folder = argv[0] ?? join(tmpdir(), 'salvor-regress')
  mkdirSync(folder, { recursive: true, mode: 0o755 })
  const { postgresBin } = requirePrograms(findPrograms())
  const version = spawnSync(join(postgresBin, 'postgres'), ['--version'], { encoding: 'utf8' }).stdout.trim()
  const major = /(\d+)\./.exec(version)?.[1] ?? '15'
  tell(`Fetching the source of ${version} …`)
  const source = fetchRegress(folder, major)
  const servers = await startServers(join(folder, 'server'), { fsync: 'off', max_locks_per_transaction: '512' })
  try {
    const adminUrl = servers.postgres.url('postgres')
    const url = servers.postgres.url(DATABASE)
    const tests = await ensureDatabase({ postgresBin, adminUrl, folder, ...source })
    await query(adminUrl, 'DROP ROLE IF EXISTS regress_changed; CREATE ROLE regress_changed')
    const work = join(servers.dir, 'work')
    rmSync(work, { recursive: true, force: true })
    mkdirSync(work, { recursive: true })
    await createStore(adminUrl)
    const redisUrl = await servers.startRedis()
    const storeUrl = servers.postgres.url('salvor')
    const salvor = await openSalvor({ url, adminUrl, folder: work, storeUrl, redisUrl, jobs: 2 })
    try {
      const before = dump(postgresBin, url)
      tell('Backing up …')
      await salvor.runWhole('backup', { system: 'orders-db' })
      const backup = await outputsOf(salvor, 'backup')
      const untouched = await verify(salvor)
      tell('Changing each object by itself …')
      const client = new pg.Client({ connectionString: url, options: '-c search_path=pg_catalog,pg_temp' })
      await client.connect()
      const changed = await changeObjects(client, Number(major) * 10_000, tell).finally(() => client.end())
      await damage(url)
      const damaged = await verify(salvor)
      tell('Restoring …')
      await restore(salvor)
      const restored = await verify(salvor)
      const other = compareDumps(before, dump(postgresBin, url))
      const commit = spawnSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).stdout.trim()
      const date = new Date().toISOString().slice(0, 10)
      const proof = {
        proof: 'regress',
        commit,
        date,
        version,
        tests,
        backup,
        untouched,
        damaged,
        restored,
        dumps: other,
        changed,
      }
      mkdirSync('docs/proofs', { recursive: true })
      writeFileSync('docs/proofs/regress.json', `${JSON.stringify(proof, null, 2)}\n`)
      process.stdout.write(`${JSON.stringify({ ...proof, changed: changed.kinds }, null, 2)}\n`)
    } finally {
      await salvor.close()
    }
  } finally {
    await servers.close()
  }
}

/** Kept between runs as its tests left it, and copied for each run, which damages it. */
async function ensureDatabase(of: Parameters<typeof runTests>[0]) {
  const kept = join(of.folder, 'tests.json')
  if (!existsSync(kept)) {
    tell('Running its tests, which leave the database …')
    const tests = runTests(of)
    await query(of.adminUrl, `ALTER DATABASE ${DATABASE} RENAME TO ${DATABASE}_kept`)
    writeFileSync(kept, JSON.stringify(tests))
  }
  await query(of.adminUrl, `DROP DATABASE IF EXISTS ${DATABASE} WITH (FORCE)`)
  await query(of.adminUrl, `CREATE DATABASE ${DATABASE} TEMPLATE ${DATABASE}_kept`)
  return JSON.parse(readFileSync(kept, 'utf8')) as ReturnType<typeof runTests>
}

/** Its own tests need not pass, as locales and versions differ: what counts is the database that they leave. */
function runTests(of: { postgresBin: string; adminUrl: string; folder: string; inputs: string; library: string }) {
  const { hostname, port, username, password } = new URL(of.adminUrl)
  const outputs = join(of.folder, 'outputs')
  rmSync(outputs, { recursive: true, force: true })
  mkdirSync(outputs, { recursive: true })
  const driver = join(of.postgresBin, '../lib/pgxs/src/test/regress/pg_regress')
  const said = run(
    driver,
    [
      ...[`--bindir=${of.postgresBin}`, `--inputdir=${of.inputs}`, `--outputdir=${outputs}`, `--dlpath=${of.library}`],
      ...[`--host=${hostname}`, `--port=${port}`, `--user=${username}`, '--max-connections=4'],
      `--schedule=${join(of.inputs, 'parallel_schedule')}`,
    ],
    of.inputs,
    { allowed: [0, 1], env: { PGPASSWORD: decodeURIComponent(password) } },
  )
  return {
    passed: said.match(/\.\.\. ok/g)?.length ?? 0,
    failed: [...said.matchAll(/(\S+)\s+\.\.\. FAILED/g)].map((found) => found[1]),
  }
}

async function verify(salvor: OpenSalvor) {
  await salvor.runWhole('verify', { system: 'orders-db' }).catch((thrown: Error) => thrown)
  const { state, outputs } = await outputsOf(salvor, 'verify')
  const compared = compareOutput.safeParse(outputs.compare)
  if (!compared.success) return { state, outputs }
  const { tables, sequences, definitions, properties, differing, unproven, notComparable } = compared.data
  const names = (findings: typeof differing) => findings.map((one) => `${one.subject} ${one.name}`)
  return {
    state,
    ...{ tables, sequences, definitions, properties },
    ...{ differing: names(differing), unproven: names(unproven), notComparable: names(notComparable) },
  }
}

/** Outputs of the newest job of a kind, and its state. */
async function outputsOf(salvor: OpenSalvor, kind: string) {
  const { rows } = await salvor.core.pool.query<{ id: string; state: string }>(
    'SELECT id, state FROM salvor.jobs WHERE kind = $1 ORDER BY requested_at DESC LIMIT 1',
    [kind],
  )
  const view = await salvor.core.store.viewJob(rows[0]?.id ?? '')
  const outputs = view?.steps.map((step) => [step.name, step.output ?? step.failure] as const) ?? []
  return { job: rows[0]?.id, state: rows[0]?.state, outputs: Object.fromEntries(outputs) }
}

async function restore(salvor: OpenSalvor): Promise<void> {
  const id = await salvor.request('restore', { system: 'orders-db', backup: 'latest' })
  for (;;) {
    await salvor.advance(id)
    const view = await salvor.core.store.viewJob(id)
    if (view?.job.state === 'succeeded') return
    const open = view?.approvals.find((one) => one.state === 'asked')
    if (open !== undefined) await salvor.engine.approve(say('bob'), { job: id, digest: open.digest })
  }
}

/** Some of everything: rows, a table, functions, a view, a setting. */
async function damage(url: string): Promise<void> {
  await query(
    url,
    `DELETE FROM public.tenk1 WHERE unique1 < 500; UPDATE public.onek SET stringu1 = 'damaged' WHERE unique1 < 10;
     DROP TABLE public.tenk2 CASCADE; DROP VIEW public.street CASCADE; ALTER TABLE public.road RENAME COLUMN name TO called`,
  )
}

function dump(bin: string, url: string): string[] {
  const text = run(join(bin, 'pg_dump'), ['--no-sync', '-d', url], tmpdir())
  return text.split('\n').filter((line) => line !== '' && !/^\\(un)?restrict|^--/.test(line))
}

/** Lines that only one of the two has, in whatever place: a dump of a dump is written in another order. */
function compareDumps(before: readonly string[], after: readonly string[]) {
  const count = new Map<string, number>()
  for (const line of before) count.set(line, (count.get(line) ?? 0) + 1)
  for (const line of after) count.set(line, (count.get(line) ?? 0) - 1)
  const gone = [...count].filter(([, left]) => left > 0).map(([line]) => line)
  const extra = [...count].filter(([, left]) => left < 0).map(([line]) => line)
  return {
    lines: before.length,
    gone: gone.length,
    extra: extra.length,
    examples: [...gone.slice(0, 20), ...extra.slice(0, 20)],
  }
}

async function query(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(sql).finally(() => client.end())
}

function tell(line: string): void {
  process.stderr.write(`${new Date().toISOString().slice(11, 19)}  ${line}\n`)
}

await main(process.argv.slice(2))
