import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { commandRegister } from '../../commands/index.ts'
import { parseWords } from '../../src/engine/say/parse-words.ts'
import { exits, type TerminalDocument } from '../../src/terminal/documents.ts'
import { readOptions } from '../../src/terminal/options.ts'
import { fakePlan } from '../support/fakes/plan.ts'

const page = readFileSync(new URL('../../docs/terminal.md', import.meta.url), 'utf8')
const section = (title: string) => page.split(`## ${title}`)[1]?.split('\n## ')[0] ?? ''
const rowsOf = (title: string) => [...section(title).matchAll(/^\| `?([^`|]+?)`? \| (.+) \|$/gm)].slice(1)

type Fields = {
  readonly [T in TerminalDocument['type']]: readonly Exclude<keyof Extract<TerminalDocument, { type: T }>, 'type'>[]
}

/** Every kind of document with its fields; the compiler asks for each kind. */
const fields: Fields = {
  start: ['person', 'timezone'],
  answer: ['card', 'refused', 'file'],
  event: ['incident', 'no', 'at', 'event', 'job', 'actor', 'data', 'text'],
  card: ['about', 'card', 'live'],
  note: ['text'],
  code_wanted: ['person', 'card'],
  end: ['exit', 'jobs'],
}

describe('the page about the terminal', () => {
  test('describes every document of --json and each of its fields', () => {
    const rows = rowsOf('What does `--json` print?').filter(([, type]) => type !== 'type')
    expect(rows.map(([, type]) => type)).toEqual(Object.keys(fields))
    for (const [, type = '', said = ''] of rows) {
      expect(said.match(/`\w+`/g), type).toEqual(
        expect.arrayContaining(fields[type as keyof Fields].map((field) => `\`${field}\``)),
      )
    }
  })

  test('names every exit code', () => {
    const codes = rowsOf('What do the exit codes mean?').map(([, code]) => Number(code))
    expect(codes).toEqual(Object.values(exits))
  })

  test('names options that there are', () => {
    const names = rowsOf('What do I type?').map(([, option = '']) => option.split(' '))
    expect(names.length).toBeGreaterThan(4)
    for (const option of names) expect(readOptions(['status', ...option]).words).toBe('status')
  })

  test('shows commands that work', () => {
    const lines = [...page.matchAll(/^salvor (?!totp)([^|\n]+)/gm)].map((match) => match[1]?.trim() ?? '')
    expect(lines.length).toBeGreaterThan(3)
    for (const line of lines) {
      const { words } = readOptions(line.split(' '))
      expect(parseWords(words, commandRegister, fakePlan(), new Date()).words).toBe(words)
    }
  })
})
