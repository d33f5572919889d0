import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { groupHeads } from '../../../src/logs/cluster/group-heads.ts'

const templates = (heads: readonly string[]) => groupHeads(heads).map(({ template }) => template)

describe('grouping messages at once', () => {
  it('puts those that differ in a value into one group', () => {
    const heads = ['alice', 'bob', 'carol', 'dana', 'erin'].map((name) => `access for ${name} was denied`)
    expect(groupHeads(heads)).toEqual([{ template: 'access for <*> was denied', members: [0, 1, 2, 3, 4] }])
  })

  it('keeps those apart that differ in a word of few', () => {
    const heads = ['started', 'stopped', 'started', 'stopped'].map((word) => `service orders was ${word} by hand`)
    expect(templates(heads)).toEqual(['service orders was started by hand', 'service orders was stopped by hand'])
  })

  it('keeps those apart that different programs said', () => {
    const heads = ['cupsd', 'klogd', 'portmap', 'syslogd', 'sshd'].map((name) => `${name} startup succeeded`)
    expect(templates(heads)).toHaveLength(5)
  })

  it('takes lists of any length for one value', () => {
    expect(templates(['lost ids 1, 2, 3', 'lost ids 4', 'lost ids 5, 6'])).toEqual(['lost ids <*>'])
  })

  it('has nothing to group when there is nothing', () => {
    expect(groupHeads([])).toEqual([])
  })

  it('puts every message into exactly one group', () => {
    const word = fc.constantFrom('row', 'table', 'failed', '17', '"x"', 'at', '')
    const heads = fc.array(
      fc.array(word, { maxLength: 6 }).map((words) => words.join(' ')),
      { maxLength: 60 },
    )
    fc.assert(
      fc.property(heads, (list) => {
        const members = groupHeads(list).flatMap((group) => group.members)
        expect(members.sort((a, b) => a - b)).toEqual(list.map((_, index) => index))
      }),
    )
  })

  it('gives equal messages one group, in whatever order they come', () => {
    const heads = fc.array(fc.constantFrom('a b c', 'a b d', 'value "1" too long', 'value "2" too long'), {
      minLength: 1,
    })
    fc.assert(
      fc.property(heads, (list) => {
        const groupOf = new Map<string, string>()
        for (const { template, members } of groupHeads(list))
          for (const member of members) {
            const head = list[member] ?? ''
            expect(groupOf.get(head) ?? template).toBe(template)
            groupOf.set(head, template)
          }
        expect(new Set(templates(list))).toEqual(new Set(templates(list.toReversed())))
      }),
    )
  })
})
