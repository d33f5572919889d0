import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { readAnchors, writeAnchor } from '../../src/domain/anchor.ts'
import { createAnchorFile, keepAnchors } from '../../src/keep-anchors.ts'
import { silentLog } from '../../src/ports/log.ts'
import { auditIncident, listHeads } from '../../src/postgres/audit.ts'
import { createEngineWorld, type EngineWorld } from '../support/engine-world.ts'
import { runSql } from '../support/postgres.ts'

let world: EngineWorld
let folder: string
beforeEach(async () => {
  world = await createEngineWorld()
  folder = mkdtempSync(join(tmpdir(), 'salvor-anchors-'))
})
afterEach(async () => {
  rmSync(folder, { recursive: true })
  await world.close()
})

const note = (text: string) => world.engine.addNote(world.say('alice'), 1, text, false)

/** One look of the bot, at a time. */
async function anchorAt(minute: number, file = 'anchors'): Promise<void> {
  const plan = { ...(await world.deps.plans.inForce()), folder, anchor: { file, every: '1h' } }
  const now = () => new Date(Date.UTC(2026, 0, 1, 0, minute))
  await keepAnchors({ plan: () => plan, listHeads: () => listHeads(world.pool), env: {}, now, log: silentLog }).stop()
}

const kept = () => readAnchors(readFileSync(join(folder, 'anchors'), 'utf8'), 1)

it('a journal that was written anew, whole in itself, does not contain what was anchored before', async () => {
  await note('lost by us')
  await anchorAt(0)
  await note('more')
  await anchorAt(60)
  expect(kept().map(({ no }) => no)).toEqual([2, 3])
  expect(await auditIncident(world.pool, 1, kept())).toMatchObject({ whole: true, missing: [] })
  // The store's owner: a chain that adds up, but another one. Here the tail is cut, and something else is told.
  const head = (await world.deps.store.listEvents(1, 0, 10))[0]
  await runSql(
    world.database.url,
    `SET session_replication_role = replica; DELETE FROM salvor.events WHERE incident = 1 AND no > 1;
     UPDATE salvor.incidents SET head_no = 1, head_hash = '${head?.hash}' WHERE number = 1`,
  )
  await note('lost by nobody')
  await note('more')
  expect(await auditIncident(world.pool, 1, kept())).toMatchObject({ whole: true, missing: [{ no: 2 }, { no: 3 }] })
})

it('the file is only appended to, and never through a link', async () => {
  writeFileSync(join(folder, 'anchors'), 'what was there\n')
  await anchorAt(0)
  expect(readFileSync(join(folder, 'anchors'), 'utf8')).toMatch(/^what was there\n\S+ #1 1 [0-9a-f]{64}\n$/)
  writeFileSync(join(folder, 'precious'), 'precious')
  symlinkSync(join(folder, 'precious'), join(folder, 'link'))
  await anchorAt(0, 'link')
  expect(readFileSync(join(folder, 'precious'), 'utf8')).toBe('precious')
})

it('the head of an incident that has just closed is kept before its hour is over', async () => {
  const plan = { ...(await world.deps.plans.inForce()), folder, anchor: { file: 'anchors', every: '1h' } }
  let minute = 0
  const now = () => new Date(world.deps.clock.now().getTime() + minute * 60_000)
  const listOf = () => listHeads(world.pool)
  const look = createAnchorFile({ plan: () => plan, listHeads: listOf, env: {}, now, log: silentLog })
  await look()
  await note('more')
  await look()
  expect(kept().map(({ no }) => no)).toEqual([1])
  await world.engine.closeIncident(world.say('alice'), 1, 'false alarm')
  await look()
  expect(kept().map(({ no }) => no)).toEqual([1, 3])
  minute = 90
  await look()
  expect(kept()).toHaveLength(2)
})

it.each([
  [
    'a line of the file',
    `${writeAnchor({ incident: 7, no: 61, hash: 'a'.repeat(64) }, '2026-01-01T00:00:00.000Z')}\n`,
    1,
  ],
  ['what a report prints', `61:${'a'.repeat(64)}`, 1],
  ['another incident', `2026-01-01T00:00:00.000Z #8 61 ${'a'.repeat(64)}`, 0],
  ['no hash', '61:abc', 0],
])('reads %s', (_what, text, found) => {
  expect(readAnchors(text, 7)).toHaveLength(found)
})
