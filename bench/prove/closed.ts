import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { createStore, type OpenSalvor, openSalvor, say } from '../job/open-salvor.ts'
import { readCount, readFlags } from '../measure/read-words.ts'
import { describeMachine, readLoad } from '../measure/result.ts'
import { runSql, startServers } from '../measure/servers.ts'
import { round } from '../measure/statistics.ts'
import { startWriter, type Writer } from './closed/watch-door.ts'

const DATABASE = 'closed'
/** Shares of all rows, by table: one large table and some smaller ones. */
const SHARES = [0.3, 0.2, 0.1, 0.1, 0.1, 0.1, 0.05, 0.05]
const GOAL_SECONDS = 5

/**
 * How long a database is closed by a switch while one client writes into one of its tables: restore and undo, once with
 * a table of a tenth of the rows, once with the largest; `--tables 2` for the first alone. Writes docs/proofs/closed.json. Exit code 1 above five seconds.
 */
async function main(words: readonly string[]): Promise<number> {
  const flags = readFlags(words, ['rows', 'tables'])
  const rows = readCount(flags, 'rows', 10_000_000)
  const tables = (flags.tables ?? '2,0').split(',').map(Number)
  const loadBefore = readLoad()
  const servers = await startServers()
  try {
    const adminUrl = servers.postgres.url('postgres')
    const url = servers.postgres.url(DATABASE)
    tell(`Building ${rows} rows in ${SHARES.length} tables …`)
    await build(adminUrl, url, rows)
    const folder = join(servers.dir, 'work')
    mkdirSync(folder, { recursive: true })
    await createStore(adminUrl)
    const redisUrl = await servers.startRedis()
    const storeUrl = servers.postgres.url('salvor')
    const salvor = await openSalvor({ url, adminUrl, folder, storeUrl, redisUrl, jobs: 2 })
    const switches: Switch[] = []
    try {
      tell('Backing up …')
      await salvor.runWhole('backup', { system: 'orders-db' })
      await damage(url)
      for (const table of tables) {
        const writer = startWriter(url, `UPDATE public.t${table} SET note = 'late ' || clock_timestamp() WHERE id = 1`)
        try {
          const of = { table: `t${table}`, rows: Math.round(rows * (SHARES[table] ?? 0)), writer }
          const restored = await play(salvor, 'restore', { system: 'orders-db', backup: 'latest' }, of, switches)
          await play(salvor, 'undo', { job: restored, system: 'orders-db' }, of, switches)
        } finally {
          await writer.stop()
        }
      }
    } finally {
      await salvor.close()
    }
    const commit = spawnSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).stdout.trim()
    const holds = switches.every(({ closedSeconds }) => closedSeconds <= GOAL_SECONDS)
    const proof = {
      ...{ proof: 'closed', commit, date: new Date().toISOString().slice(0, 10), postgres: servers.version, rows },
      machine: describeMachine(loadBefore),
      ...{ switches, goal: { atMostSeconds: GOAL_SECONDS, holds } },
    }
    mkdirSync('docs/proofs', { recursive: true })
    writeFileSync('docs/proofs/closed.json', `${JSON.stringify(proof, null, 2)}\n`)
    process.stdout.write(`${JSON.stringify(proof, null, 2)}\n`)
    return holds ? 0 : 1
  } finally {
    await servers.close()
  }
}

interface Switch {
  readonly job: string
  /** Into which somebody wrote all the time, and its rows. */
  readonly table: string
  readonly tableRows: number
  /** From the last write before the switch to the first one behind it, as the writer saw it. */
  readonly closedSeconds: number
  /** Of the whole step: with evidence, files of lost rows, and the start of its process. */
  readonly stepSeconds: number
  readonly lost: string
}

async function play(
  salvor: OpenSalvor,
  kind: string,
  params: Readonly<Record<string, string>>,
  of: { readonly table: string; readonly rows: number; readonly writer: Writer },
  switches: Switch[],
): Promise<string> {
  tell(`${kind}, while ${of.table} is written …`)
  const job = await salvor.request(kind, params)
  let asked = 0
  for (;;) {
    of.writer.readLongest()
    const { step, seconds } = await salvor.advance(job)
    const view = await salvor.core.store.viewJob(job)
    const open = view?.approvals.findLast((one) => one.state === 'asked')
    if (open !== undefined) {
      asked += 1
      if (asked > 3) throw new Error(`${job} asks again and again: ${open.why}`)
      await salvor.engine.approve(say('bob'), { job, digest: open.digest })
    } else if (step === 'switch' && view?.steps.find((one) => one.name === 'switch')?.state === 'done') {
      const { closed } = of.writer.readLongest()
      const lost = view.approvals.at(-1)?.subject.lost ?? ''
      const figures = { closedSeconds: round(closed), stepSeconds: round(seconds), lost }
      switches.push({ job: kind, table: of.table, tableRows: of.rows, ...figures })
      tell(`closed for ${closed.toFixed(2)} s in a step of ${seconds.toFixed(1)} s; lost: ${lost}`)
    }
    if (view?.job.state === 'succeeded') return job
  }
}

async function build(adminUrl: string, url: string, rows: number): Promise<void> {
  await runSql(adminUrl, `CREATE DATABASE ${DATABASE}`)
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    for (const [at, share] of SHARES.entries()) {
      await client.query(
        `CREATE TABLE t${at} (id bigint NOT NULL, customer int, note text, amount numeric, at timestamptz)`,
      )
      await client.query(
        `INSERT INTO t${at} SELECT n, n % 5000, 'note of row ' || n, n / 100.0, '2026-01-01'::timestamptz + n * interval '1 s'
           FROM generate_series(1, ${Math.round(rows * share)}) AS n`,
      )
      await client.query(`ALTER TABLE t${at} ADD PRIMARY KEY (id)`)
    }
    await client.query('VACUUM ANALYZE')
  } finally {
    await client.end()
  }
}

/** What a migration leaves behind in each table: rows changed, gone and new. */
async function damage(url: string): Promise<void> {
  for (const at of SHARES.keys()) {
    await runSql(
      url,
      `UPDATE t${at} SET note = 'damaged' WHERE id <= 100; DELETE FROM t${at} WHERE id BETWEEN 101 AND 150`,
    )
    await runSql(url, `INSERT INTO t${at} SELECT 1000000000 + n, 1, 'late', 1, now() FROM generate_series(1, 100) AS n`)
  }
}

function tell(line: string): void {
  process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${line}\n`)
}

process.exitCode = await main(process.argv.slice(2))
