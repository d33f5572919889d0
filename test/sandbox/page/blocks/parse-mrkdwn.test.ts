import fc from 'fast-check'
import { expect, it, test } from 'vitest'
import { type Piece, parseMrkdwn, parsePlain } from '../../../../sandbox/page/blocks/parse-mrkdwn.ts'
import { escapeText } from '../../../../src/slack/cards/write-text.ts'

const text = (words: string): Piece => ({ kind: 'text', text: words })

/** What a person reads of pieces without names of their own. */
function read(pieces: readonly Piece[]): string {
  return pieces
    .map((piece) => {
      if ('children' in piece) return read(piece.children)
      if (piece.kind === 'text') return piece.text
      return piece.kind === 'break' ? '\n' : piece.kind === 'emoji' ? `:${piece.name}:` : piece.label
    })
    .join('')
}

test.each([
  ['*bold* and _italic_ and ~gone~', ['bold', 'text', 'italic', 'text', 'strike']],
  ['2 * 3 * 4 and a*b*c', ['text']],
  ['orders_old_1 and __init__', ['text']],
  ['`a *b* <@U1>` c', ['code', 'text']],
  ['one\n&gt; two\n&gt; three\nfour', ['text', 'quote', 'text']],
  ['```a\nb```c', ['pre', 'text']],
  ['```never closed', ['text']],
  ['<@U1> <#C1> <!here> <!subteam^S1|@dbas>', ['user', 'text', 'channel', 'text', 'broadcast', 'text', 'group']],
  ['<https://a.example|words> <mailto:a@b.example|mail>', ['link', 'text', 'link']],
  ['<!date^1772334540^{time}|then>', ['date']],
  [':tada: 12:30:45', ['emoji', 'text']],
])('%j is %j', (source, kinds) => {
  expect(parseMrkdwn(source).map(({ kind }) => kind)).toEqual(kinds)
})

test('a style may hold code, mentions and other styles', () => {
  const [bold] = parseMrkdwn('*a `x*y` _b_ <@U1>*')
  expect(bold).toMatchObject({ kind: 'bold', children: [text('a '), {}, text(' '), {}, text(' '), { kind: 'user' }] })
})

test('an asterisk inside code stays one', () => {
  expect(parseMrkdwn('```rm *.dump *```')).toEqual([{ kind: 'pre', children: [text('rm *.dump *')] }])
})

test.each(['javascript:alert(1)', 'data:text/html,x', 'vbscript:x', '/relative'])('%s is no link', (address) => {
  expect(parseMrkdwn(`<${address}|press>`)).toEqual([text(`<${address}|press>`)])
})

test('a time that is none keeps the words that were given', () => {
  expect(parseMrkdwn('<!date^soon^{time}|at noon>').map(({ kind }) => kind)).toEqual(['text'])
})

test('plain text knows emoji and line breaks alone', () => {
  expect(parsePlain('*a* <@U1>\n:x:').map(({ kind }) => kind)).toEqual(['text', 'break', 'emoji'])
})

it('never turns what was escaped into a mention, a link or a date', () => {
  const anything = fc.string({
    unit: fc.constantFrom('<', '>', '@', '!', '|', 'U1', '&', 'date^1^', 'http://a', ' ', '\n'),
  })
  fc.assert(
    fc.property(anything, (typed) => {
      const kinds = new Set(parseMrkdwn(escapeText(typed)).flatMap((piece) => [piece.kind]))
      for (const kind of ['user', 'channel', 'group', 'broadcast', 'date', 'link'] as const)
        expect(kinds).not.toContain(kind)
    }),
  )
})

it('reads everything, and loses no letter', () => {
  const anything = fc.string({
    unit: fc.constantFrom('*', '_', '~', '`', '```', 'ab', ' ', '\n', '<', '>', '|', ':x:'),
  })
  fc.assert(
    fc.property(anything, (typed) => {
      const letters = (words: string) => words.replace(/[^ab]/g, '')
      expect(letters(read(parseMrkdwn(typed)))).toBe(letters(typed))
    }),
  )
})
