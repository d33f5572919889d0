import { expect, test } from 'vitest'
import { disarm } from '../../src/domain/text.ts'
import { writeBlock } from '../../src/plan/document/write-commands.ts'
import { escapeMarkdown, writeMarked } from '../../src/report/escape-markdown.ts'
import { type Voice, writeCode, writeLockScreen, writeMrkdwn, writePlain } from '../../src/slack/cards/write-text.ts'
import { disarm as disarmForTerminal } from '../../src/terminal/write-text.ts'

const voice: Voice = { person: (id) => `@${id}`, timezone: 'UTC' }

const writers: Readonly<Record<string, (text: string) => string>> = {
  'a card': (text) => writeMrkdwn(text, voice, 3_000),
  'a card that is cut': (text) => writeMrkdwn(`${text}${'x'.repeat(400)}`, voice, 200),
  'a command on a card': (text) => writeCode(text, 3_000),
  'a title or button': (text) => writePlain(text, voice, 3_000),
  'a lock screen': (text) => writeLockScreen(text, voice, 3_000),
  'a report': escapeMarkdown,
  'a marked line of a report': (text) => writeMarked(text, 'UTC'),
  'an exported procedure': (text) => writeBlock('sql', [text]),
  'a terminal': disarmForTerminal,
}

const marks = [
  ...[0xad, 0x34f, 0x61c, 0x180e, 0x200b, 0x200c, 0x200d, 0x200e, 0x200f, 0x202a, 0x202b, 0x202c, 0x202d, 0x202e],
  ...[0x2060, 0x2064, 0x2066, 0x2067, 0x2068, 0x2069, 0x206a, 0xfeff, 0xfff9, 0x115f, 0x3164, 0xffa0, 0xe0001, 0xe0061],
  ...[0x1b, 0x07, 0x9b],
].map((code) => String.fromCodePoint(code))

test.each(Object.entries(writers))('in %s nothing is unseen, and nothing turns what stands there', (_name, write) => {
  for (const mark of marks) {
    const written = write(`drop or${mark}ders`)
    expect(written.includes(mark), `U+${mark.codePointAt(0)?.toString(16)}`).toBe(false)
    expect(written).toContain('or\ufffdders')
  }
})

test('pictures, Korean and the marks of people and times stay as they are', () => {
  const said = '👩‍💻 👩🏽‍💻 🏳️‍🌈 고객 테이블 é ⟦person:bob⟧\tx\ny'
  expect(disarm(said)).toBe(said)
})

test.each([
  'http://evil.example/x',
  'HTTPS://evil.example',
  'www.evil.example',
  'ftp://evil.example',
  'a http://e.x b',
])('a bare address is no link in a report: %s', (address) => {
  const written = writeMarked(address, 'UTC')
  expect(written).not.toMatch(/:\/\/|www\./i)
  expect(written.replace(/\\([!-/:-@[-`{-~])/g, '$1')).toBe(address)
})
