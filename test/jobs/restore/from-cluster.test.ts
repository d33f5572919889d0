import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pass } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { restore } from '../../../jobs/restore/index.ts'
import { listScratch, startRestore } from '../../support/cluster-restores.ts'
import { type Stanza, startStanza, whyNoStanza } from '../../support/stanza.ts'
import { realTools } from '../../support/step-context.ts'

/** Reached from the full backup: one row in `kept`, and `orders` as it was before it was dropped. */
const marks = { time: '', xid: '' }
let stanza: Stanza
let incr = ''

const countOrders = async () => Number((await stanza.sql('SELECT count(*) FROM orders'))[0]?.count)
const read = async (sql: string): Promise<string> => String(Object.values((await stanza.sql(sql))[0] ?? {})[0])

describe.skipIf(whyNoStanza() !== undefined)('a restore from a backup of the cluster', () => {
  beforeAll(async () => {
    stanza = await startStanza()
    await stanza.backup('full')
    await stanza.sql('INSERT INTO orders VALUES (501, 1, 1)')
    incr = await stanza.backup('incr')
    // A backup's end is known to the second, and the moment must lie behind it.
    await pass(1100)
    await stanza.sql('CREATE TABLE kept (n int)')
    marks.xid = await read('INSERT INTO kept VALUES (1) RETURNING pg_current_xact_id()::text')
    marks.time = new Date(Date.parse(await read('SELECT clock_timestamp()::text')) + 1).toISOString()
    await pass(5)
    await stanza.sql('DROP TABLE kept; DELETE FROM orders WHERE id <= 100')
    await stanza.archive()
  })
  afterAll(() => stanza?.stop())

  test('is brought up beside, proven against what it held, and switched', async () => {
    const { backups } = realTools()
    // As if a file in it belonged to somebody else.
    const tidyUp: typeof backups.pgbackrest.tidyUp = async (...of) => [
      ...(await backups.pgbackrest.tidyUp(...of)),
      '/s',
    ]
    const tools = { backups: { ...backups, pgbackrest: { ...backups.pgbackrest, tidyUp } } }
    const nobody = { ...stanza.entry, stanza: 'nobody' }
    const job = startRestore(stanza, { backup: incr }, { backups: [stanza.entry, nobody], tools })
    await job.runUpTo('recover')
    expect(job.outputOf('recover')).toMatchObject({
      leaves: { code: 'backup_copy', facts: { backup: incr } },
      copied: { point: { id: incr, origin: 'own', rows: 551 }, type: 'incr', moment: null },
    })
    expect(await countOrders()).toBe(401)
    await job.runUpTo('verify')
    const subject = await job.evidence('switch')
    expect(subject.unproven).toBe('none')
    expect(subject.binds).toMatchObject({ backup: incr, origin: 'own', recovered: { moment: null } })
    expect(subject.loss?.tables).toMatchObject([{ table: 'public.orders', changed: 0, gone: 100 }])
    await job.run('switch', { approved: subject })
    expect(await countOrders()).toBe(501)
    // A place that could not be read is no damaged backup.
    const unread = [{ code: 'backup_stanza', facts: { stanza: 'nobody' } }]
    expect(job.outputOf('preflight')).toMatchObject({ unread, skipped: [] })
    const leftBehind = [{ code: 'scratch_kept', facts: { path: '/s' } }]
    const report = restore.report(job.view)
    expect(report).toMatchObject({ undo: true, recovers: true, leftBehind })
    expect(report.left.filter((line) => /nobody|\/s\b/.test(line))).toHaveLength(2)
    // Who only finds out that it happened names it as well.
    expect(await job.isDone('switch')).toMatchObject({ done: 'yes', output: { left: leftBehind } })
    expect(listScratch(stanza)).toEqual([])
  })

  test('goes to a moment between backups: what was dropped after it is there', async () => {
    const job = startRestore(stanza, { at: `time:${marks.time}` })
    await job.runUpTo('recover')
    expect(job.outputOf('recover')).toMatchObject({
      copied: { moment: { kind: 'time', timeline: 1 }, point: { id: incr, takenAt: marks.time } },
    })
    await job.runUpTo('verify')
    expect(job.outputOf('verify')).toMatchObject({ unproven: [], rows: { 'public.kept': 1, 'public.orders': 501 } })
    expect((await job.evidence('switch')).binds).toMatchObject({ recovered: { moment: marks.time } })
    for (const step of ['recover', 'create']) expect(await job.cleanUp(step)).toEqual([])
    expect(listScratch(stanza)).toEqual([])
  })

  test.each([
    ['before the first backup', (): string => 'time:2020-01-01T00:00:00.000Z', 'moment_before_first'],
    ['after the last transaction', (): string => 'time:2090-01-01T00:00:00.000Z', 'moment_after_last'],
    ['a position that is not archived', (): string => 'lsn:FF/0', 'moment_after_last'],
    ['a transaction that never was', (): string => 'xid:999999', 'moment_not_found'],
    ['a name that nobody gave', (): string => 'name:none', 'moment_not_found'],
  ] as const)('%s is refused before anything is restored', async (_, at, code) => {
    await expect(startRestore(stanza, { at: at() }).run('choose')).rejects.toMatchObject({ code })
  })

  test('a wrong stanza, which ends with 0 in the tool, is the answer', async () => {
    const job = startRestore(stanza, {}, { backups: [{ ...stanza.entry, stanza: 'nobody' }] })
    await expect(job.run('choose')).rejects.toMatchObject({ code: 'backup_stanza' })
  })

  test('a disk that does not hold it is told before the first byte', async () => {
    const { pgbackrest } = realTools().backups
    const { signal } = new AbortController()
    const [point] = await pgbackrest.list(stanza.place, signal)
    if (point?.physical === undefined) throw new Error('no backup')
    const huge = { ...point, physical: { ...point.physical, clusterBytes: 1e18 } }
    const proving = pgbackrest.prove({ place: stanza.place, point: huge, moment: null, signal })
    await expect(proving).rejects.toMatchObject({ code: 'scratch_full' })
  })

  test('what lies behind a gap is refused with the segment that is missing; what lies before it is not', async () => {
    const wal = await read('SELECT pg_walfile_name(pg_current_wal_lsn())')
    await stanza.archive()
    await stanza.sql('CREATE TABLE later (n int)')
    await stanza.archive()
    const files = readdirSync(stanza.repository, { recursive: true, encoding: 'utf8' })
    rmSync(join(stanza.repository, files.find((one) => one.includes(`/${wal}-`)) ?? ''))
    const late = new Date(Date.now() - 1).toISOString()
    const refused = startRestore(stanza, { at: `time:${late}` }).run('choose')
    await expect(refused).rejects.toMatchObject({ code: 'moment_in_gap', facts: { missing: wal } })
    await expect(startRestore(stanza, { at: `xid:${marks.xid}` }).run('choose')).resolves.toMatchObject({ named: true })
  })
})
