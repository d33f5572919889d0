import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildLineCard } from '../../src/domain/cards/line-card.ts'
import { silentLog } from '../../src/ports/log.ts'
import { createMessageStore } from '../../src/postgres/messages.ts'
import { createOutbox } from '../../src/postgres/outbox.ts'
import { openPool } from '../../src/postgres/pool.ts'
import { createStoreDatabase, runSql, type TestDatabase } from '../support/postgres.ts'

let database: TestDatabase
let pool: ReturnType<typeof openPool>

beforeAll(async () => {
  database = await createStoreDatabase()
  pool = openPool(database.url, 'test', silentLog, 2)
  await runSql(
    database.url,
    `INSERT INTO salvor.incidents (number, title, severity, state, opened_by, opened_at)
     VALUES (7, 'Orders lost', 2, 'open', 'alice', now())`,
  )
})

afterAll(async () => {
  await pool?.end()
  await database?.drop()
})

test('an answer is due once Slack was told the events before it, until it is told, and is kept once', async () => {
  const outbox = createOutbox(pool)
  const messages = createMessageStore(pool)
  const card = buildLineCard('Report #7 \u0000')
  const answer = { request: 'terminal:1', incident: 7, afterNo: 3, card, file: { name: 'a.md', text: '# 보고' } }
  await outbox.put(answer)
  await outbox.put({ ...answer, afterNo: 1 })
  expect(await outbox.listDue()).toEqual([])
  await messages.advance(7, 2)
  expect(await outbox.listDue()).toEqual([])
  await messages.advance(7, 3)
  await outbox.put({ ...answer, request: 'terminal:2', file: null })
  const kept = buildLineCard('Report #7 \ufffd')
  expect(await outbox.listDue()).toEqual([
    { ...answer, card: kept },
    { ...answer, request: 'terminal:2', card: kept, file: null },
  ])
  await outbox.markTold('terminal:1')
  expect((await outbox.listDue()).map(({ request }) => request)).toEqual(['terminal:2'])
})
