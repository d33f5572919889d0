import { chmodSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { expect, inject, onTestFinished, test } from 'vitest'
import { findFreePort, type LocalPostgres, startPostgres, startRedis } from '../../../sandbox/bootstrap/index.ts'
import { runSql } from '../../support/postgres.ts'
import { isAlive, startScript } from '../../support/processes.ts'
import { until } from '../../support/until.ts'

const SMALL = { shared_buffers: '16MB', fsync: 'off' }
const isRoot = process.getuid?.() === 0

function folder(): string {
  const path = mkdtempSync(join(inject('runFolder'), 'server-'))
  chmodSync(path, 0o711)
  return path
}

async function start(dir: string, port?: number): Promise<LocalPostgres> {
  const postgres = await startPostgres({ dir, settings: SMALL, ...(port === undefined ? {} : { port }) })
  onTestFinished(async () => postgres.stop('immediate'))
  return postgres
}

test('a cluster that was stopped comes back with its content, its password and its port', async () => {
  const dir = join(folder(), 'pg')
  const first = await start(dir)
  await runSql(first.url('postgres'), 'CREATE TABLE kept AS SELECT 1 AS n')
  await first.stop()
  expect(isAlive(first.pid)).toBe(false)
  const second = await start(dir, first.port)
  expect(second.url('postgres')).toBe(first.url('postgres'))
  expect(await runSql(second.url('postgres'), 'SELECT n FROM kept')).toEqual([{ n: 1 }])
})

test('a cluster asks for the password and listens on the loopback address only', async () => {
  const postgres = await start(join(folder(), 'pg'))
  const wrong = new URL(postgres.url('postgres'))
  wrong.password = 'guess'
  await expect(runSql(wrong.href, 'SELECT 1')).rejects.toThrow('password authentication failed')
  const hex = postgres.port.toString(16).toUpperCase().padStart(4, '0')
  const listening = ['tcp', 'tcp6'].flatMap((table) =>
    readFileSync(`/proc/net/${table}`, 'utf8')
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
      .filter(([, local, , state]) => local?.endsWith(`:${hex}`) && state === '0A'),
  )
  expect(listening.map(([, local]) => local)).toEqual([`0100007F:${hex}`])
})

test.runIf(isRoot)('started by root, the server runs as somebody else', async () => {
  const postgres = await start(join(folder(), 'pg'))
  const uids = /^Uid:\s+(\d+)\s+(\d+)\s+(\d+)/m.exec(readFileSync(`/proc/${postgres.pid}/status`, 'utf8'))
  expect(uids?.slice(1).every((uid) => Number(uid) > 0)).toBe(true)
})

test.runIf(isRoot)('a folder that the account cannot reach is named before anything is tried', async () => {
  const closed = join(folder(), 'closed')
  mkdirSync(closed, { mode: 0o700 })
  await expect(startPostgres({ dir: join(closed, 'pg') })).rejects.toThrow(`${closed} is closed to it`)
})

test('a port that was asked for and is taken is an error with the words of the server', async () => {
  const port = await findFreePort()
  const squatter = createServer().listen(port, '127.0.0.1')
  onTestFinished(() => void squatter.close())
  await expect(startPostgres({ dir: join(folder(), 'pg'), port })).rejects.toThrow(
    /did not start.*Address already in use/s,
  )
  await expect(startRedis({ dir: join(folder(), 'redis'), port })).rejects.toThrow(/did not start/)
})

test.each(['kernel', 'pipe'] as const)(
  'kill -9 of who started it ends a server (noticed by the %s)',
  async (watchedBy) => {
    const dir = folder()
    const script = join(dir, 'owner.ts')
    const guarded = new URL('../../../sandbox/bootstrap/guarded-server.ts', import.meta.url).href
    writeFileSync(
      script,
      `import { startGuarded } from ${JSON.stringify(guarded)}
     const server = startGuarded({ argv: ['sleep', '600'], log: ${JSON.stringify(join(dir, 'sleep.log'))}, cwd: '.', watchedBy: '${watchedBy}' })
     process.stdout.write('server ' + server.pid + '\\n')
     setInterval(() => {}, 1000)`,
    )
    const owner = startScript(script)
    const pid = Number((await owner.line(/^server /)).split(' ')[1])
    expect(isAlive(pid)).toBe(true)
    owner.kill('SIGKILL')
    await until('the end of the server', () => !isAlive(pid), 5_000)
  },
)

test('kill -9 of who started them leaves neither PostgreSQL nor Redis', async () => {
  const dir = folder()
  const index = new URL('../../../sandbox/bootstrap/index.ts', import.meta.url).href
  const script = join(dir, 'owner.ts')
  writeFileSync(
    script,
    `import { startPostgres, startRedis } from ${JSON.stringify(index)}
     const postgres = await startPostgres({ dir: ${JSON.stringify(join(dir, 'pg'))}, settings: ${JSON.stringify(SMALL)} })
     const redis = await startRedis({ dir: ${JSON.stringify(join(dir, 'redis'))} })
     process.stdout.write('servers ' + postgres.pid + ' ' + redis.pid + '\\n')
     setInterval(() => {}, 1000)`,
  )
  const owner = startScript(script)
  const [, postgres, redis] = (await owner.line(/^servers /)).split(' ').map(Number)
  owner.kill('SIGKILL')
  await until('the end of both', () => [postgres, redis].every((pid) => pid !== undefined && !isAlive(pid)), 10_000)
})

test('Redis keeps its password and its content over a stop, and never evicts', async () => {
  const dir = join(folder(), 'redis')
  const first = await startRedis({ dir })
  const client = new Redis(first.url)
  await client.set('kept', 'yes')
  client.disconnect()
  await first.stop()
  const second = await startRedis({ dir, port: first.port })
  onTestFinished(async () => second.stop())
  expect(second.url).toBe(first.url)
  const again = new Redis(second.url)
  expect(await again.get('kept')).toBe('yes')
  again.disconnect()
})
