import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { openPrivateFile, openPrivateFolder } from '../../../src/tools/content/lost-rows/keep-file.ts'

const refused = { code: 'lost_rows_unwritten' }
let home: string
let folder: string
let victim: string
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'salvor-kept-'))
  folder = join(home, '.lost-rows-restore-1')
  victim = join(home, 'victim')
  mkdirSync(victim, { mode: 0o755 })
})

const modeOf = (path: string) => statSync(path).mode & 0o777

async function keep(inside: string, name = '001-orders-new.sql') {
  const file = await openPrivateFile(inside, name)
  await file.write('a row')
  await file.keep()
}

test('a folder that stood open is closed before the first row, and files are for this account alone', async () => {
  mkdirSync(folder, { mode: 0o777 })
  chmodSync(folder, 0o777)
  await using opened = await openPrivateFolder(folder)
  await keep(opened.inside)
  expect([modeOf(folder), modeOf(join(folder, '001-orders-new.sql'))]).toEqual([0o700, 0o600])
})

test('a link in its place is not followed, and what it leads to is left as it is', async () => {
  symlinkSync(victim, folder)
  await expect(openPrivateFolder(folder)).rejects.toMatchObject(refused)
  expect(modeOf(victim)).toBe(0o755)
})

test.runIf(process.getuid?.() === 0)('a folder that another account made is refused, and not changed', async () => {
  mkdirSync(folder, { mode: 0o755 })
  chownSync(folder, 65_534, 65_534)
  await expect(openPrivateFolder(folder)).rejects.toMatchObject(refused)
  expect(modeOf(folder)).toBe(0o755)
})

test('rows go into the folder that was looked at, whatever somebody puts under its name meanwhile', async () => {
  await using opened = await openPrivateFolder(folder)
  renameSync(folder, `${folder}-away`)
  symlinkSync(victim, folder)
  await keep(opened.inside)
  expect(readdirSync(victim)).toEqual([])
  expect(readdirSync(`${folder}-away`)).toEqual(['001-orders-new.sql'])
})

test('a link that waits for the draft, or for the file, is replaced and not written through', async () => {
  await using opened = await openPrivateFolder(folder)
  const target = join(victim, 'target')
  writeFileSync(target, 'untouched')
  symlinkSync(target, join(folder, '.unfinished-001-orders-new.sql'))
  symlinkSync(target, join(folder, '001-orders-new.sql'))
  await keep(opened.inside)
  expect(readFileSync(target, 'utf8')).toBe('untouched')
  expect(readFileSync(join(folder, '001-orders-new.sql'), 'utf8')).toBe('a row')
})
