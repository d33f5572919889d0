import { writeFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { describeAnalysis, describeGlance } from '../../../src/domain/cards/log-card.ts'
import { writeLogDocument } from '../../../src/domain/log-document.ts'
import { listPlants } from '../../support/planted-secrets.ts'
import { analyse, knownSecret as known, labTools, layFiles } from './log-lab.ts'

const word = fc.stringMatching(/^[A-Za-z0-9]{12,40}$/)

/** The same kinds that the redactor is held to, here on the way through a log. */
const plants = listPlants(known)

const stamp = '2026-03-01T02:10:07.000Z'
/** Ways in which a text gets into a log: as an error, a detail of one, a line before one, of a tool without levels. */
const places: readonly ((text: string) => string)[] = [
  (text) => `${stamp} ERROR loader ${text}\n`,
  (text) => `${stamp} ERROR loader value too long (SQLSTATE 22001)\n    DETAIL: ${text}\n`,
  (text) => `${stamp} INFO loader ${text}\n${stamp} ERROR loader deadlock detected (SQLSTATE 40P01)\n`,
  (text) => `ERROR:  ${text}\nCONTEXT:  PL/pgSQL function f() line 3\n`,
  (text) => `{"level":"error","time":"${stamp}","msg":${JSON.stringify(text)}}\n`,
  (text) => `${stamp} FATAL ${text}\n${stamp} FATAL ${text}\n${stamp} FATAL ${text} again\n`,
]

const planted = fc.tuple(word, fc.nat(plants.length - 1), fc.nat(places.length - 1)).map(([secret, which, where]) => {
  const [text, hidden] = plants[which]?.(secret) ?? ['', '']
  return { log: places[where]?.(text) ?? '', hidden }
})

test('no secret of any kind survives into what is kept, the card or the file', async () => {
  const at = layFiles({})
  await fc.assert(
    fc.asyncProperty(planted, async ({ log, hidden }) => {
      writeFileSync(at('app.log'), log)
      const found = await analyse({ path: at('app.log') })
      const card = describeAnalysis(found, [])
      const shown = [JSON.stringify(found), card.headline, ...card.lines, card.code, writeLogDocument(found, [])]
      for (const text of shown) expect(text ?? '').not.toContain(hidden)
    }),
    { numRuns: 150 },
  )
}, 240_000)

test('none survives into the card of a log that is followed, nor into what a program prints', async () => {
  const texts = plants.map((plant) => plant('Zk4PplantedWord9'))
  const log = texts.map(([text]) => `${stamp} ERROR loader ${text}`).join('\n')
  const argv = [process.execPath, '-e', 'process.stdout.write(process.argv[1] + "\\n")', '--', log]
  const seen: string[] = []
  const last = await labTools().follow({
    log: { name: 'migration', argv, rowData: 'hidden' },
    everyMs: 20,
    signal: AbortSignal.timeout(20_000),
    onGlance: (glance) => seen.push(JSON.stringify([glance, describeGlance('migration', glance)])),
  })
  seen.push(JSON.stringify([last, describeGlance('migration', last)]))
  for (const [, hidden] of texts) expect(seen.join('')).not.toContain(hidden)
  expect(last.tail).toHaveLength(10)
  expect(last.leftOut).toBe(texts.length - 10)
})

test('a key of many lines is hidden also where only its last lines are shown', async () => {
  const body = Array.from({ length: 30 }, (_, n) => `${String.fromCharCode(65 + (n % 26))}q7`.repeat(22).slice(0, 64))
  const key = ['-----BEGIN PRIVATE KEY-----', ...body, 'Zk4PshortEnd=='].join('\n')
  const argv = [process.execPath, '-e', 'process.stdout.write(process.argv[1] + "\\n")', '--', key]
  const last = await labTools().follow({
    log: { name: 'migration', argv, rowData: 'hidden' },
    everyMs: 20,
    signal: AbortSignal.timeout(20_000),
    onGlance() {},
  })
  for (const line of [...body, 'Zk4PshortEnd==']) expect(JSON.stringify(last)).not.toContain(line)
  const at = layFiles({ 'app.log': `${body.join('\n')}\n${stamp} ERROR loader deadlock detected\n` })
  const kept = JSON.stringify(await analyse({ path: at('app.log') }))
  for (const line of body) expect(kept).not.toContain(line)
})

test('values of rows stay where the plan shows them, and credentials go all the same', async () => {
  const log = `${stamp} ERROR loader password=hunter22hunter invalid input syntax for type integer: "seven"\n`
  const at = layFiles({ 'app.log': log })
  const hidden = JSON.stringify(await analyse({ path: at('app.log') }))
  const shown = JSON.stringify(await analyse({ path: at('app.log'), rowData: 'shown' }))
  expect(hidden).not.toContain('seven')
  expect(shown).toContain('seven')
  expect(shown).toContain('"value":"seven"')
  expect(hidden + shown).not.toContain('hunter22hunter')
})
