import { cpSync, mkdirSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest'
import type { DatabaseProvider } from '../../../src/ports/backup-providers.ts'
import { runSql, urlOf } from '../../support/postgres.ts'
import { realTools } from '../../support/step-context.ts'
import { createOrders, type Orders } from './rig.ts'

let orders: Orders
beforeEach(async () => {
  orders = await createOrders()
})
afterEach(() => orders.drop())

const manifestOf = (path: string) => `${path}.manifest.json`

/** Another archive of the same database, manifest and all, in which every order is free. */
async function makeOther(): Promise<string> {
  await runSql(orders.database.url, 'UPDATE orders SET total = 0')
  const folder = join(inject('runFolder'), `other-${orders.database.name}`)
  mkdirSync(folder)
  const session = { step: 'backup-9/dump', fence: 1 }
  const { point } = await realTools().archives.dump({
    target: { system: 'orders-db', url: orders.database.url, adminUrl: orders.database.url, session },
    folder,
    jobs: 1,
    signal: new AbortController().signal,
  })
  return point.path
}

function exchange(other: string): void {
  rmSync(orders.point.path, { recursive: true })
  cpSync(other, orders.point.path, { recursive: true, preserveTimestamps: true })
  cpSync(manifestOf(other), manifestOf(orders.point.path))
}

const differs = { code: 'archive_hash_differs' }

describe('after preflight', () => {
  it('an archive that was exchanged with its manifest is never loaded', async () => {
    const other = await makeOther()
    const job = orders.restore()
    await job.runUpTo('create')
    exchange(other)
    await expect(job.run('load')).rejects.toMatchObject(differs)
  })

  it('an archive that was changed in place, size and times kept, is never loaded', async () => {
    const job = orders.restore()
    await job.runUpTo('create')
    const [file = ''] = (await realTools().archives.list(orders.folder)).map(({ path }) => join(path, 'toc.dat'))
    const bytes = readFileSync(file)
    bytes[bytes.length - 20] = (bytes[bytes.length - 20] ?? 0) ^ 1
    writeFileSync(file, bytes)
    utimesSync(file, new Date(0), new Date(0))
    await expect(job.run('load')).rejects.toMatchObject(differs)
  })

  it('an archive that was moved away and back, or touched, is loaded: its content is the proven one', async () => {
    const job = orders.restore()
    await job.runUpTo('create')
    const away = `${orders.point.path}.away`
    cpSync(orders.point.path, away, { recursive: true })
    rmSync(orders.point.path, { recursive: true })
    renameSync(away, orders.point.path)
    await job.runUpTo('verify')
    expect(job.outputOf('verify')).toMatchObject({ tables: { proven: 2, total: 2 } })
  })

  it('an archive that is exchanged while it is loaded, and put back, fails the load', async () => {
    const other = await makeOther()
    const kept = `${orders.point.path}.kept`
    const tools = realTools()
    const restoreInto: DatabaseProvider['restoreInto'] = (of) => {
      let done = false
      const onProgress: typeof of.onProgress = (progress) => {
        if (!done) {
          done = true
          cpSync(orders.point.path, kept, { recursive: true })
          exchange(other)
        }
        of.onProgress?.(progress)
      }
      return tools.backups.pg_dump.restoreInto({ ...of, onProgress })
    }
    const job = orders.restore({
      tools: { backups: { ...tools.backups, pg_dump: { ...tools.backups.pg_dump, restoreInto } } },
    })
    await job.runUpTo('create')
    await expect(job.run('load')).rejects.toMatchObject(differs)
  })

  it('a manifest that was rewritten to fit proves nothing', async () => {
    const job = orders.restore()
    await job.runUpTo('load')
    const path = manifestOf(orders.point.path)
    const manifest = JSON.parse(readFileSync(path, 'utf8')) as { tables: unknown[] }
    writeFileSync(path, JSON.stringify({ ...manifest, tables: manifest.tables.slice(1) }))
    await expect(job.run('verify')).rejects.toMatchObject(differs)
  })

  it('a manifest that was taken away is missed, not done without', async () => {
    const job = orders.restore()
    await job.runUpTo('load')
    rmSync(manifestOf(orders.point.path))
    await expect(job.run('verify')).rejects.toMatchObject(differs)
  })
})

it('what is switched to live is what preflight read', async () => {
  const job = orders.restore()
  await job.runUpTo('verify')
  const subject = await job.evidence('switch')
  await job.run('switch', { approved: subject })
  const rows = await runSql<{ n: number }>(
    urlOf(orders.database.name),
    'SELECT count(*)::int AS n FROM orders WHERE total > 0',
  )
  expect(rows[0]?.n).toBe(500)
})
