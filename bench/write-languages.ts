import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readCatalogue } from './logs/read-catalogue.ts'

// Writes src/logs/languages/messages/<language>.ts from the message catalogues of PostgreSQL and glibc that this
// machine has (packages postgresql-15, postgresql-client-15, libpq5 and libc-l10n of Debian): what these programs say
// in other languages, taken from themselves. `node bench/write-languages.ts`, then `npm run format`.
const folder = process.argv[2] ?? '/usr/share/locale'
const domains = ['postgres-15', 'libpq5-15', 'psql-15', 'pg_dump-15', 'libc']
const languages = { ko: 'korean', ja: 'japanese', de: 'german', fr: 'french', es: 'spanish', ru: 'russian' } as const
const more = { zh_CN: 'chinese', it: 'italian' } as const
/** What stands before a message, as PostgreSQL and its programs print it. */
const headings = [
  'ERROR',
  'FATAL',
  'PANIC',
  'WARNING',
  'NOTICE',
  'LOG',
  'INFO',
  'error: ',
  'warning: ',
  'detail: ',
  'hint: ',
]
const parts = ['DETAIL', 'HINT', 'CONTEXT', 'STATEMENT', 'QUERY', 'LOCATION']
const here = import.meta.dirname
const ids = readFileSync(join(here, 'logs/message-ids.txt'), 'utf8').split('\n').filter(Boolean)

for (const [locale, name] of Object.entries({ ...languages, ...more })) {
  const catalogues = domains.flatMap((domain) => {
    const path = join(folder, locale, 'LC_MESSAGES', `${domain}.mo`)
    return existsSync(path) ? [readCatalogue(execFileSync('msgunfmt', ['--no-wrap', path]))] : []
  })
  const find = (id: string) => catalogues.flatMap((one) => one.get(id) ?? one.get(`${id}\n`) ?? [])
  const words = new Map<string, string>()
  const addWord = (local: string, english: string) => {
    const word = local
      .replace(/%.*/s, '')
      .replace(/[\s:：]+$/, '')
      .trim()
    if (word !== '' && word !== english && !words.has(word)) words.set(word, english)
  }
  for (const id of parts)
    for (const form of [`${id}:  `, `${id}:  %s`, `${id}:  %s, %s:%d`]) for (const text of find(form)) addWord(text, id)
  for (const id of headings) for (const text of find(id)) addWord(text, id.replace(': ', ''))
  const messages = new Map<string, string>()
  const addMessage = (id: string, text: string | undefined) => {
    const [english = ''] = id.split('\n')
    const [local = ''] = (text ?? '').split('\n')
    if (local !== '' && local !== english) messages.set(`${english} | ${local}`, '')
  }
  for (const written of ids) {
    const id = written.replaceAll('\\n', '\n').replaceAll('\\t', '\t')
    for (const text of find(id)) addMessage(id, text)
  }
  const [syntax] = find('syntax error')
  for (const id of ['%s at or near "%s"', '%s at end of input'])
    for (const text of find(id))
      addMessage(id.replace('%s', 'syntax error'), syntax && text.replace(/%(?:1\$)?s/, syntax).replace('%2$s', '%s'))
  const [line] = find('LINE %d: ')
  if (line) addMessage('LINE %d: ', line)
  const file = `/** Taken by bench/write-languages.ts from PostgreSQL 15's and glibc's own catalogues for ${locale}. */
export const ${name} = {
  words: String.raw\`
${[...words].map(([local, english]) => `${english} | ${local}`).join('\n')}\`,
  messages: String.raw\`
${[...messages.keys()].map((text) => text.replaceAll('`', "'")).join('\n')}\`,
}
`
  writeFileSync(join(here, `../src/logs/languages/messages/${name}.ts`), file)
}
