import { afterEach, describe, expect, it } from 'vitest'
import { until } from '../support/until.ts'
import { openWorkbench, type Workbench } from './support/workbench.ts'

let bench: Workbench
const heardTexts = () => bench.heard.map(({ text }) => text)

afterEach(() => bench.close())

/** Whatever was said before has been heard when this was. */
async function settle() {
  await bench.slack.as('dana').says('/recover help', { channel: 'inc' })
  await until('the last words', () => bench.heard.some(({ said }) => said.via === 'slash'))
}

const orders = () => bench.heard.filter(({ said }) => said.via === 'mention').map(({ text }) => text)
const hints = (name: string) => bench.slack.ephemerals(name).length

describe.each(['http', 'socket'] as const)('a message over %s', (mode) => {
  it('is obeyed once, however often it is edited, and its author is told so', async () => {
    bench = await openWorkbench(mode)
    const alice = bench.slack.as('alice')
    const { ts = '' } = await alice.says('@salvor restart orders-api', { channel: 'inc' })
    await alice.edits({ channel: 'inc', ts }, '@salvor restart orders-api now')
    await until('a hint', () => hints('alice') === 1)
    await alice.edits({ channel: 'inc', ts }, '@salvor stop restart-1')
    await settle()
    expect(orders()).toEqual(['restart orders-api'])
    expect(bench.slack.violations).toEqual([])
  })

  it('is no order when the mention came in by an edit', async () => {
    bench = await openWorkbench(mode)
    const { ts = '' } = await bench.slack.as('bob').says('restart orders-api', { channel: 'inc' })
    await bench.slack.as('bob').edits({ channel: 'inc', ts }, '@salvor restart orders-api')
    await until('a hint', () => hints('bob') === 1)
    await settle()
    expect(orders()).toEqual([])
  })

  it('in a direct conversation is no order after an edit', async () => {
    bench = await openWorkbench(mode)
    const bob = bench.slack.as('bob')
    const { ts = '' } = await bob.says('status', { channel: '@salvor' })
    await bob.edits({ channel: 'D0BOB', ts }, 'restart orders-api')
    await until('a hint', () => hints('bob') === 1)
    await settle()
    expect(orders()).toEqual(['status'])
  })

  it.each([
    'Please do NOT @salvor restart orders-api',
    '> @salvor note something',
    'alice said (@salvor restart orders-api)',
    '1. @salvor restart orders-api',
    '@dana please ask @salvor restart orders-api',
  ])('that does not begin with the mention runs nothing, and says how: %s', async (words) => {
    bench = await openWorkbench(mode)
    await bench.slack.as('alice').says(words, { channel: 'inc' })
    await until('a hint', () => hints('alice') === 1)
    await settle()
    expect(orders()).toEqual([])
    expect(hints('alice')).toBe(1)
  })

  it.each([
    ['with a file', { file: 'screen.png' }, ''],
    ['also sent to the channel', { alsoToChannel: true }, ''],
    ['said by /me', {}, '/me '],
  ] as const)('%s is heard once', async (_how, where, before) => {
    bench = await openWorkbench(mode)
    const root = await bench.slack.as('bob').says('it is broken', { channel: 'inc' })
    const place = { channel: 'inc', thread: root.ts ?? '', ...where }
    await bench.slack.as('bob').says(`${before}@salvor approve restore-1`, place)
    await until('words', () => bench.heard.length > 0)
    await settle()
    expect(orders()).toEqual(['approve restore-1'])
    expect(bench.heard[0]?.said).toMatchObject({ person: { id: 'bob' }, thread: root.ts })
  })

  it('with a file in a direct conversation is heard', async () => {
    bench = await openWorkbench(mode)
    await bench.slack.as('bob').says('status', { channel: '@salvor', file: 'screen.png' })
    await until('words', () => bench.heard.length > 0)
    expect(heardTexts()).toEqual(['status'])
  })

  it('that begins with a mark that cannot be seen is an order all the same', async () => {
    bench = await openWorkbench(mode)
    await bench.slack.as('alice').says('\u200e@salvor status', { channel: 'inc' })
    await bench.slack.as('alice').says('\u200e @salvor status', { channel: 'inc' })
    await settle()
    expect(orders()).toContain('status')
  })
})
