import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { commandRegister } from '../../../commands/index.ts'
import { SalvorError } from '../../../src/domain/errors/fail.ts'
import { normalise } from '../../../src/engine/say/normalise.ts'
import { createOutsiders } from '../../../src/engine/say/outsiders.ts'
import { parseWords } from '../../../src/engine/say/parse-words.ts'
import { readTime } from '../../../src/engine/say/read-time.ts'
import { fakeEngine } from '../../support/fakes/engine.ts'
import { fakePlan } from '../../support/fakes/plan.ts'
import { startTalk } from '../../support/fakes/say.ts'

const now = new Date('2026-02-28T18:05:00Z')
const read = (text: string) => {
  const { command, params } = parseWords(text, commandRegister, fakePlan(), now)
  return [command.name, params]
}

test.each([
  ['`status`', 'status'],
  ['*status*', 'status'],
  ['status?', 'status'],
  ['status？', 'status'],
  ['status\u200f', 'status'],
  ['\u202estatus\u202c', 'status'],
  ['"restore orders-db"', 'restore orders-db'],
  ['“restore orders-db”.', 'restore orders-db'],
  ['restore orders-db.', 'restore orders-db'],
  ['restore `orders-db`', 'restore orders-db'],
  ['`restore` `orders-db`.', 'restore orders-db'],
  ['```restore orders-db```', 'restore orders-db'],
  ['_restore orders-db_', 'restore orders-db'],
  ['ｒｅｓｔｏｒｅ　ｏｒｄｅｒｓ－ｄｂ', 'restore orders-db'],
  ['`@salvor restore orders-db`', 'restore orders-db'],
  ['/recover `restore orders-db`', 'restore orders-db'],
  ['stop "restore-1".', 'stop restore-1'],
  ['open X — severity 1', 'open X --severity 1'],
  ['open X - severity 1.', 'open X --severity 1'],
  ['open Orders lost – system orders-db – severity 1', 'open Orders lost --system orders-db --severity 1'],
  ['open Orders lost — began 02:10', 'open Orders lost --began 02:10'],
])('%s says the same as %s', (pasted, meant) => {
  expect(read(pasted)).toEqual(read(meant))
})

test.each([
  ['note see `restore` and *stop*.', 'see `restore` and *stop*.'],
  ['note `a` is not `b`', '`a` is not `b`'],
  ['open Orders lost - by the migration', 'Orders lost - by the migration'],
  ['open "Is it lost?"', 'Is it lost?'],
])('free text keeps its marks: %s', (said, kept) => {
  const [, params] = read(said)
  expect(Object.values(params as object)).toContain(kept)
})

test('no title keeps a mark that cannot be seen', () => {
  const [, params] = read('open Orders \u202egnorw\u202c \u2066lost\u2069\u200d now')
  expect(params).toMatchObject({ title: 'Orders gnorw lost now' })
})

const repeated = [
  '&amp;',
  'amp;',
  '&',
  '<@U1|',
  '<',
  '<<',
  '<!a|',
  '<http://',
  '“',
  '— ',
  '-',
  ' ',
  '\u200b',
  '`',
  '*',
  '"',
  "' ",
  '＜＆',
  '1h ',
  '2026-',
]

/** A parser whose time grows with the square of the length needs minutes for this: the test's own limit ends it. */
const LONG = 400_000

describe('parsers of words take time in proportion to their length', () => {
  test.each(repeated)('made of %s', (piece) => {
    const text = piece.repeat(Math.ceil(LONG / piece.length))
    for (const long of [text, `&${text}`]) {
      normalise(long)
      for (const parse of [
        () => parseWords(long, commandRegister, fakePlan(), now),
        () => readTime(long, 'Asia/Seoul', now, 'past'),
      ]) {
        try {
          parse()
        } catch (error) {
          expect(error).toBeInstanceOf(SalvorError)
        }
      }
    }
  })
})

test('repeated escapes are taken off whole', () => {
  fc.assert(
    fc.property(fc.nat(500), (times) => {
      expect(normalise(`a &${'amp;'.repeat(times)}lt;b`)).toBe('a <b')
    }),
  )
})

describe('words of people without a role', () => {
  it('are read five times a minute, answered once more, and then dropped', async () => {
    const talk = startTalk()
    const kinds: string[] = []
    for (let time = 0; time < 20; time++) kinds.push((await talk.says('mallory', 'restore orders-db')).kind)
    expect(kinds).toEqual([...Array(6).fill('private'), ...Array(14).fill('quiet')])
    expect(talk.moves()).toEqual(['recordRefusal'])
    expect((await talk.says('alice', 'status')).kind).not.toBe('quiet')
  })

  it('are cut, and never parsed whole', async () => {
    const talk = startTalk()
    await talk.says('mallory', `help ${'x'.repeat(3900)}`)
    const [call] = talk.engine.calls
    expect(String((call?.args[2] as { words: string } | undefined)?.words).length).toBeLessThanOrEqual(500)
  })

  it('that were counted are one event with their number when the minute is over', async () => {
    const engine = fakeEngine()
    const minute = { end: () => {} }
    const outsiders = createOutsiders({
      clock: { now: () => now },
      engine,
      later: (_ms, act) => Object.assign(minute, { end: act }),
    })
    const talk = startTalk({ deps: { outsiders } })
    for (let time = 0; time < 150; time++) await talk.says('mallory', 'restore orders-db')
    minute.end()
    await Promise.resolve()
    expect(engine.calls).toHaveLength(1)
    expect(engine.calls[0]).toMatchObject({
      move: 'recordRefusal',
      args: [{}, 7, { words: expect.stringContaining('149') }],
    })
  })

  it('still reach help and the brief', async () => {
    const talk = startTalk()
    expect(await talk.says('mallory', 'help')).toMatchObject({ kind: 'private' })
    expect(talk.moves()).toEqual([])
  })
})

test('words longer than any command are refused before anything of them is read', async () => {
  const talk = startTalk()
  expect(await talk.says('alice', `note ${'&amp;'.repeat(8000)}`)).toMatchObject({ refused: 'words_too_long' })
})
