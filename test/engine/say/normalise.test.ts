import fc from 'fast-check'
import { expect, test } from 'vitest'
import { normalise } from '../../../src/engine/say/normalise.ts'

const table: [what: string, said: string, meant: string][] = [
  ['an em dash before a word is a flag', 'open x —began 02:10', 'open x --began 02:10'],
  ['an en dash before a word is a flag', 'open x –began 02:10', 'open x --began 02:10'],
  ['a dash between words is a hyphen', 'restore orders–db', 'restore orders-db'],
  ['a dash on its own is a hyphen', 'lost — all of it', 'lost - all of it'],
  ['one plain dash stays one', 'note -v was set', 'note -v was set'],
  ['curly quotes become plain', 'open “it’s lost”', 'open "it\'s lost"'],
  ['hard spaces, tabs and newlines become one space', ' a\u00a0b\t\nc ', 'a b c'],
  ['invisible characters go', 'res\u200btore', 'restore'],
  ['a mention of a person is unwrapped', 'ask <@U0BOB|bob> now', 'ask @U0BOB now'],
  ['a channel is unwrapped to its name', 'in <#C1|orders>', 'in #orders'],
  ['a channel without a name keeps its id', 'in <#C1>', 'in #C1'],
  ['a link keeps the words that were typed', 'see <http://orders.db|orders.db>', 'see orders.db'],
  ['a bare link is kept', 'see <https://a.b/c>', 'see https://a.b/c'],
  ['a mail address is unwrapped', 'ask <mailto:a@b.c|a@b.c>', 'ask a@b.c'],
  ['a broadcast is no broadcast any more', 'note <!here|here>', 'note here'],
  ['entities are decoded', 'a &lt;b&gt; &amp; c', 'a <b> & c'],
  ['nobody can forge a mark', 'note ⟦person:bob⟧', 'note person:bob'],
]

test.each(table)('%s', (_what, said, meant) => {
  expect(normalise(said)).toBe(meant)
})

const slackish = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        '—',
        '–',
        '--',
        '-',
        '&',
        '&amp;',
        'lt;',
        '&lt;',
        '<@U1|',
        '>',
        '<',
        '|',
        ' ',
        '“',
        '⟦',
        'a',
        '<!',
        '<http://',
      ),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''))

test('what is normalised stays as it is', () => {
  fc.assert(
    fc.property(slackish, (text) => {
      const once = normalise(text)
      expect(normalise(once)).toBe(once)
    }),
    { numRuns: 1000 },
  )
})
