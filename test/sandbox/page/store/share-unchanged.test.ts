import fc from 'fast-check'
import { expect, test } from 'vitest'
import { shareUnchanged } from '../../../../sandbox/page/store/share-unchanged.ts'

test('what did not change stays the same object, also when something comes before it', () => {
  const old = {
    list: [
      { ts: '1', text: 'one' },
      { ts: '2', text: 'two', blocks: [{ type: 'section' }] },
    ],
    other: {},
  }
  const fresh = structuredClone({ ...old, list: [{ ts: '0', text: 'zero' }, ...old.list] })
  const shared = shareUnchanged(old, fresh)
  expect(shared).toEqual(fresh)
  expect(shared.list[1]).toBe(old.list[0])
  expect(shared.list[2]).toBe(old.list[1])
  expect(shared.other).toBe(old.other)
  expect(shared).not.toBe(old)
})

test('only what changed is a new object', () => {
  const old = { list: [{ ts: '1', reactions: [{ name: 'eyes', count: 1 }] }, { ts: '2' }] }
  const shared = shareUnchanged(old, { list: [{ ts: '1', reactions: [{ name: 'eyes', count: 2 }] }, { ts: '2' }] })
  expect(shared.list[0]).toEqual({ ts: '1', reactions: [{ name: 'eyes', count: 2 }] })
  expect(shared.list[1]).toBe(old.list[1])
})

test('the answer always equals the new value, and is the old one when nothing changed', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (old, fresh) => {
      expect(shareUnchanged(old, fresh)).toEqual(fresh)
      expect(shareUnchanged(old, structuredClone(old))).toBe(old)
    }),
  )
})
