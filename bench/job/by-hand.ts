import { spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { runSql } from '../measure/servers.ts'

const SCRATCH = 'bench_scratch'

/** The server and database on which the same work is done by hand. */
export interface Hand {
  readonly url: string
  readonly adminUrl: string
  readonly folder: string
  readonly jobs: number
}

/** Seconds of each part of a backup as a careful person makes it. */
export interface BackupByHand {
  readonly dump: number
  readonly readBack: number
  readonly rehearse: number
  readonly count: number
}

/** `pg_dump -Fd -j`, read back with `pg_restore -f /dev/null`, its schema into a scratch database, and a count of each table. */
export async function backUpByHand(of: Hand): Promise<BackupByHand> {
  const archive = join(of.folder, 'by-hand')
  rmSync(archive, { recursive: true, force: true })
  try {
    const dump = await time(() => run('pg_dump', ['-Fd', `-j${of.jobs}`, '-f', archive, '-d', of.url]))
    const readBack = await time(() => run('pg_restore', ['-f', '/dev/null', archive]))
    const rehearse = await time(async () => {
      await runSql(of.adminUrl, `CREATE DATABASE ${SCRATCH} TEMPLATE template0`)
      const scratch = Object.assign(new URL(of.adminUrl), { pathname: `/${SCRATCH}` }).href
      await run('pg_restore', ['-s', `-j${of.jobs}`, '-d', scratch, archive])
      await runSql(of.adminUrl, `DROP DATABASE ${SCRATCH} WITH (FORCE)`)
    })
    return { dump, readBack, rehearse, count: await countByHand(of) }
  } finally {
    rmSync(archive, { recursive: true, force: true })
    await runSql(of.adminUrl, `DROP DATABASE IF EXISTS ${SCRATCH} WITH (FORCE)`)
  }
}

/** Seconds of each part of a look at a database by hand. */
export interface LookByHand {
  readonly schema: number
  readonly count: number
  readonly hash: number
}

/** The definitions as `pg_dump -s` writes them, a count of each table, and instead of the count a hash of its rows. */
export async function lookByHand(of: Hand): Promise<LookByHand> {
  const schema = await time(() => run('pg_dump', ['-s', '-f', '/dev/null', '-d', of.url]))
  return { schema, count: await countByHand(of), hash: await hashByHand(of) }
}

/** One `SELECT count(*)` after the other, as psql would run a list of them; as many at once as there are jobs. */
function countByHand(of: Hand): Promise<number> {
  return forEachTable(of, (table) => `SELECT count(*) FROM ${table}`)
}

/** What a person would write to compare rows without their order. */
function hashByHand(of: Hand): Promise<number> {
  return forEachTable(of, (table) => `SELECT count(*), sum(hashtextextended(t::text, 0)) FROM ${table} AS t`)
}

function forEachTable({ url, jobs }: Hand, write: (table: string) => string): Promise<number> {
  return time(async () => {
    const clients = await Promise.all(Array.from({ length: jobs }, () => connect(url)))
    try {
      const [first] = clients
      const { rows } = await (first as pg.Client).query<{ name: string }>(
        `SELECT format('%I.%I', nspname, relname) AS name FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
          WHERE relkind = 'r' AND nspname NOT IN ('pg_catalog', 'information_schema') ORDER BY relpages DESC`,
      )
      const tables = rows.map((row) => row.name)
      const work = async (client: pg.Client) => {
        for (let table = tables.shift(); table !== undefined; table = tables.shift()) await client.query(write(table))
      }
      await Promise.all(clients.map(work))
    } finally {
      await Promise.all(clients.map((client) => client.end()))
    }
  })
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  return client
}

async function time(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return (performance.now() - started) / 1000
}

function run(program: string, args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, [...args], { stdio: ['ignore', 'ignore', 'pipe'] })
    let said = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-4_000)
    })
    child.on('error', reject)
    child.on('close', (code) => (code === 0 ? resolve() : reject(new Error(`${program} ended with ${code}: ${said}`))))
  })
}
