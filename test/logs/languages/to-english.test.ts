import { expect, test } from 'vitest'
import { chinese } from '../../../src/logs/languages/messages/chinese.ts'
import { french } from '../../../src/logs/languages/messages/french.ts'
import { german } from '../../../src/logs/languages/messages/german.ts'
import { italian } from '../../../src/logs/languages/messages/italian.ts'
import { japanese } from '../../../src/logs/languages/messages/japanese.ts'
import { korean } from '../../../src/logs/languages/messages/korean.ts'
import { russian } from '../../../src/logs/languages/messages/russian.ts'
import { spanish } from '../../../src/logs/languages/messages/spanish.ts'
import { toEnglish } from '../../../src/logs/languages/to-english.ts'

const languages = { chinese, french, german, italian, japanese, korean, russian, spanish }
const argument = /%(?:(\d)\$)?(?:l{0,2}|z|h{0,2})([sdumi])/g

/** A message of a program with its arguments filled in. */
function fill(format: string): string {
  let next = 0
  return format.replace(argument, (_whole, place: string | undefined, kind: string) => {
    next += 1
    const number = Number(place ?? next)
    return /[du]/.test(kind) ? String(40 + number) : `t${number}`
  })
}

const messages = Object.entries(languages).flatMap(([language, { messages: text }]) =>
  text.split('\n').flatMap((line) => {
    const [english, local] = line.split(' | ')
    // The beginning of a line of psql's, and halves of a message that is tried as a whole.
    if (english?.startsWith('LINE') || english?.startsWith('%s at')) return []
    return english && local ? [{ language, english, local }] : []
  }),
)

test('nearly every message of the catalogues is read as its English one, arguments in their places', () => {
  const wrong = messages.filter(({ english, local }) => {
    const said = toEnglish(`2026-03-01 02:00:00 UTC [7] ERROR:  ${fill(local)}`)
    return !said.includes(fill(english).trim())
  })
  const share = wrong.length / messages.length
  expect(share, wrong.map(({ language, english }) => `${language}: ${english}`).join('\n')).toBeLessThan(0.06)
})

test.each(Object.entries(languages))(
  'words before messages of %s are read as the English ones',
  (_language, { words }) => {
    for (const line of words.split('\n')) {
      const [english, local] = line.split(' | ')
      if (!english || !local) continue
      const said = toEnglish(`${local}:  x é`)
      expect([`${english}:  x é`.toLowerCase()]).toContain(said.toLowerCase())
    }
  },
)

test.each(['ERROR:  relation "x" does not exist', '2026-03-01 INFO die Datei', 'plain', ''])(
  'what is in no catalogue stays: «%s»',
  (line) => {
    expect(toEnglish(line)).toBe(line)
  },
)
