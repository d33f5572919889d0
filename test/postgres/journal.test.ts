import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { chainStart, checkChain, hashLink } from '../../src/domain/chain.ts'
import type { Json } from '../../src/domain/json.ts'
import { auditIncident } from '../../src/postgres/audit.ts'
import { createEngineWorld, type EngineWorld } from '../support/engine-world.ts'

let world: EngineWorld

beforeEach(async () => {
  world = await createEngineWorld()
  for (const text of ['one', 'two', 'three']) await world.engine.addNote(world.say('alice'), 1, text, false)
})

afterEach(() => world.close())

describe('the journal', () => {
  it.each([
    ['UPDATE', `UPDATE salvor.events SET actor = 'mallory'`],
    ['DELETE', 'DELETE FROM salvor.events WHERE no = 2'],
    ['TRUNCATE', 'TRUNCATE salvor.events'],
    ['TRUNCATE through its incident', 'TRUNCATE salvor.incidents CASCADE'],
  ])('refuses %s', async (_what, sql) => {
    await expect(world.pool.query(sql)).rejects.toThrow(/append-only/)
  })

  it('refuses an event that does not follow its head', async () => {
    const sql = `INSERT INTO salvor.events (incident, no, at, type, actor, data, prev_hash, hash) VALUES (1, $1, now(), 'note_added', 'x', '{}', $2, 'h')`
    await expect(world.pool.query(sql, [9, chainStart])).rejects.toThrow(/does not follow/)
    await expect(world.pool.query(sql, [5, chainStart])).rejects.toThrow(/does not follow/)
  })

  /** What somebody with the owner's rights could do behind the triggers. */
  async function tamper(sql: string): Promise<void> {
    await world.pool.query('ALTER TABLE salvor.events DISABLE TRIGGER USER')
    await world.pool.query(sql)
  }

  it.each([
    ['a changed event', `UPDATE salvor.events SET data = '{"text":"other"}' WHERE no = 2`, 2],
    ['a changed time', `UPDATE salvor.events SET at = at + interval '1 s' WHERE no = 3`, 3],
    ['a removed event', 'DELETE FROM salvor.events WHERE no = 2', 2],
    ['a cut tail', 'DELETE FROM salvor.events WHERE no >= 3', 3],
  ])('shows %s in an audit', async (_what, sql, brokenAt) => {
    await tamper(sql)
    expect(await auditIncident(world.pool, 1)).toMatchObject({ whole: false, brokenAt })
  })

  it('is whole when many write at once', async () => {
    const notes = Array.from({ length: 40 }, (_, index) =>
      world.engine.addNote(world.say('bob'), 1, `note ${index}`, false),
    )
    await Promise.all(notes)
    expect(await auditIncident(world.pool, 1)).toMatchObject({ whole: true, events: 44 })
  })

  it('keeps any JSON so that its hash can be computed again', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('\ud800', 'a\udc00b', '\\u0000', '\\\\ud800', '\0')),
        async (text) => {
          await world.engine.addNote(world.say('alice'), 1, text, false)
        },
      ),
      { numRuns: 40 },
    )
    expect(await auditIncident(world.pool, 1)).toMatchObject({ whole: true })
  })
})

it('any change of any link breaks the chain', () => {
  const links = fc.array(fc.record({ type: fc.string(), actor: fc.string(), data: fc.jsonValue() }), {
    minLength: 1,
    maxLength: 8,
  })
  fc.assert(
    fc.property(links, fc.nat(), fc.string(), (contents, pick, other) => {
      let prevHash = chainStart
      const chain = contents.map((content, index) => {
        const data = JSON.parse(JSON.stringify(content.data)) as Json
        const link = {
          incident: 1,
          no: index + 1,
          at: '2026-01-01T00:00:00.000Z',
          job: null,
          ...content,
          data,
          prevHash,
        }
        const hash = hashLink(link)
        prevHash = hash
        return { ...link, hash }
      })
      const head = { headNo: chain.length, headHash: prevHash }
      expect(checkChain(chain, head)).toEqual({ whole: true, events: chain.length, headHash: prevHash })
      const at = pick % chain.length
      const changed = chain.map((link, index) => (index === at ? { ...link, actor: `${link.actor}${other}!` } : link))
      expect(checkChain(changed, head).whole).toBe(false)
    }),
  )
})
