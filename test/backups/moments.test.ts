import { setTimeout as pass } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { countCopied, listScratch, startRestore } from '../support/cluster-restores.ts'
import { type Stanza, startStanza, whyNoStanza } from '../support/stanza.ts'

interface Mark {
  readonly rows: number
  readonly xid: string
  readonly lsn: string
  readonly time: string
  readonly name: string
}

/** How many rows are written one by one, each with its own number, position, time and name. */
const ROWS = 6

describe.skipIf(whyNoStanza() !== undefined)('every moment that is said to be reachable is reached', () => {
  let stanza: Stanza
  const marks: Mark[] = []
  const read = async (sql: string): Promise<string> => String(Object.values((await stanza.sql(sql))[0] ?? {})[0])

  beforeAll(async () => {
    stanza = await startStanza()
    await stanza.sql('CREATE TABLE kept (n int)')
    await stanza.backup('full')
    await pass(1100)
    for (let rows = 1; rows <= ROWS; rows += 1) {
      if (rows === 3) {
        await stanza.backup('diff')
        await pass(1100)
      }
      const xid = await read(`INSERT INTO kept VALUES (${rows}) RETURNING pg_current_xact_id()::text`)
      const name = `row-${rows}`
      await stanza.sql(`SELECT pg_create_restore_point('${name}')`)
      const lsn = await read('SELECT pg_current_wal_insert_lsn()::text')
      const time = new Date(Date.parse(await read('SELECT clock_timestamp()::text')) + 1).toISOString()
      marks.push({ rows, xid, lsn, time, name })
      await pass(5)
    }
    await stanza.sql('CREATE TABLE later (n int)')
    await stanza.archive()
  })
  afterAll(() => stanza?.stop())

  const targets = Array.from({ length: ROWS }, (_, index) => index).flatMap((index) =>
    (['xid', 'lsn', 'time', 'name'] as const).map((kind) => ({ index, kind, before: index % 2 === 1 })),
  )

  test.each(targets)('$kind of row $index, before: $before', async ({ index, kind, before }) => {
    const mark = marks[index]
    if (mark === undefined) throw new Error('no mark')
    const job = startRestore(stanza, { at: `${kind}:${mark[kind]}`, ...(before ? { before } : {}) })
    await job.runUpTo('recover')
    // Only a transaction itself can be left out: position, name and time lie behind it.
    expect(countCopied(job, 'public.kept')).toBe(kind === 'xid' && before ? mark.rows - 1 : mark.rows)
    expect(await job.cleanUp('recover')).toEqual([])
    expect(listScratch(stanza)).toEqual([])
  })
})
