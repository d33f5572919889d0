import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createStreamGrouper } from '../../../src/logs/cluster/stream-groups.ts'

describe('grouping messages as they come', () => {
  it('knows a message again by its words', () => {
    const grouper = createStreamGrouper()
    const ids = ['row 1 of orders skipped', 'connection lost', 'row 2 of orders skipped'].map((text) =>
      grouper.add(text),
    )
    expect(ids).toEqual([1, 2, 1])
  })

  it('makes a template more general when a word differs', () => {
    const grouper = createStreamGrouper()
    grouper.add('could not open file for writing')
    grouper.add('could not open socket for writing')
    expect(grouper.list()).toEqual([{ id: 1, template: 'could not open <*> for writing', count: 2 }])
  })

  it('keeps messages of other length or other beginning apart', () => {
    const grouper = createStreamGrouper()
    for (const text of ['disk is full', 'disk is almost full', 'memory is full']) grouper.add(text)
    expect(grouper.list()).toHaveLength(3)
  })

  it('lists the most frequent first', () => {
    const grouper = createStreamGrouper()
    for (const text of ['seldom seen', 'often said 1', 'often said 2']) grouper.add(text)
    expect(grouper.list().map(({ count }) => count)).toEqual([2, 1])
  })

  it('forgets the group not seen for longest when there are too many, and says how many it forgot', () => {
    const grouper = createStreamGrouper(2)
    for (const text of ['alpha one', 'beta two two', 'alpha one', 'gamma three three three']) grouper.add(text)
    expect(grouper.list().map(({ template }) => template)).toEqual(['alpha one', 'gamma three three three'])
    expect(grouper.forgotten).toBe(1)
  })

  it('never holds more groups than it may, and loses no count of those it holds', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ maxLength: 40 }), { maxLength: 80 }),
        fc.integer({ min: 1, max: 9 }),
        (texts, most) => {
          const grouper = createStreamGrouper(most)
          for (const text of texts) grouper.add(text)
          const groups = grouper.list()
          expect(groups.length).toBeLessThanOrEqual(most)
          if (grouper.forgotten === 0) expect(groups.reduce((sum, { count }) => sum + count, 0)).toBe(texts.length)
        },
      ),
    )
  })
})
