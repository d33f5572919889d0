import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, inject, test } from 'vitest'
import { listFileVersions, nameVersion } from '../../../src/tools/files/list-versions.ts'
import { comparePlaces, readPlace } from '../../../src/tools/files/version-order.ts'

function createFolder(files: readonly string[], folders: readonly string[] = []) {
  const folder = mkdtempSync(join(inject('runFolder'), 'versions-'))
  for (const name of files) writeFileSync(join(folder, name), '')
  for (const name of folders) {
    mkdirSync(join(folder, name))
    writeFileSync(join(folder, name, 'app.yaml'), '')
  }
  return folder
}

const list = (files: readonly string[], folders: readonly string[] = []) =>
  listFileVersions(createFolder(files, folders), '/etc/app.yaml')

test('versions are listed the newest first, in any of the ways to keep them', async () => {
  const folder = createFolder([
    'app.yaml.v6',
    'app.yaml.v10',
    'app.yaml.v7',
    'README.md',
    '.hidden.yaml',
    'app.yaml.v8~',
  ])
  expect(await listFileVersions(folder, '/etc/app.yaml')).toMatchObject({
    versions: [
      { label: 'v10', name: 'app.yaml.v10', path: join(folder, 'app.yaml.v10') },
      { label: 'v7', name: 'app.yaml.v7', path: join(folder, 'app.yaml.v7') },
      { label: 'v6', name: 'app.yaml.v6', path: join(folder, 'app.yaml.v6') },
    ],
    named: [],
    unordered: null,
    others: [{ name: 'README.md' }, { name: 'app.yaml.v8~' }],
  })
  expect((await list(['v7.yaml', 'v10.yaml'])).versions.map(({ label }) => label)).toEqual(['v10', 'v7'])
  expect((await list(['app-v7.yaml', 'app-v10.yaml'])).versions.map(({ label }) => label)).toEqual(['v10', 'v7'])
  expect((await list([], ['v7', 'v10'])).versions.map(({ label }) => label)).toEqual(['v10', 'v7'])
  await expect(listFileVersions(join(folder, 'none'), 'app.yaml')).rejects.toMatchObject({ code: 'file_missing' })
})

test.each(
  [
    'sha256 md5 sha512sum asc sig gz zip zst gpg old OLD old2 save rpmsave rpmnew rpmorig dpkg-dist dpkg-old dpkg-new',
    'ucf-dist ucf-old pacnew example sample template dist disabled default tmp swp orig bak bak1 rej copy rc1 wip md',
  ].flatMap((line) => line.split(' ')),
)('a name that ends with %s is no version, alone or behind one', async (word) => {
  const found = await list(['app.yaml.v7', `app.yaml.${word}`, `app.yaml.v8.${word}`, `app.yaml.2026-03-01.${word}`])
  expect(found.versions.map(({ label }) => label)).toEqual(['v7'])
  expect([found.named, found.unordered]).toEqual([[], null])
  expect(found.others).toHaveLength(3)
})

test.each(['v10-rc1', 'v10-rc.1', 'v10 (copy)', 'v10 - Copy', 'v10 copy 2', 'v10 (1)', 'v10-SNAPSHOT', 'v10 - 복사본'])(
  'app.yaml.%s is no version',
  (label) => expect(nameVersion(`app.yaml.${label}`, 'app.yaml', false)).toBeTypeOf('string'),
)

test('other files and folders without the file are no versions', async () => {
  const folder = createFolder([
    'v7.yaml',
    'values.yaml',
    'docker-compose.yaml',
    'node18.yaml',
    'zz-other.yaml',
    'notes',
    'app.yaml',
  ])
  mkdirSync(join(folder, 'v9'))
  const found = await listFileVersions(folder, 'app.yaml')
  expect([found.versions.map(({ name }) => name), found.named, found.unordered]).toEqual([['v7.yaml'], [], null])
  expect(found.others.map(({ name }) => name)).toContain('v9')
})

test('a name without a place is kept for a person to choose, and is never the newest', async () => {
  const found = await list(['app.yaml.v7', 'app.yaml.good', 'app.yaml.v9-prod', 'app.yaml.01-03-2026'])
  expect(found.versions.map(({ label }) => label)).toEqual(['v7'])
  expect(found.named.map(({ label }) => label)).toEqual(['01-03-2026', 'good', 'v9-prod'])
})

test.each([
  [['app.yaml.v7', 'app.yaml.2026-03-01']],
  [['app.yaml.v7', 'v8.yaml']],
  [['app.yaml.7', 'app.yaml.v8']],
  [['app.yaml.v7', 'app.yaml.release-2']],
  [['app.yaml.v7', 'app.yaml.v07']],
  [['app.yaml.2026-03-01', 'app.yaml.20260301']],
])('of %j nothing is the newest', async (names) => {
  expect((await list(names)).unordered).not.toBeNull()
})

const place = (label: string) => {
  const found = readPlace(label)
  if (found === null) throw new Error(`${label} says no place`)
  return found
}

test.each([
  ['v6', 'v7', 'v10'],
  ['1.2.9', '1.2.10', '1.10'],
  ['release-9', 'release-10', 'release-11'],
  ['2026-02-28', '20260301', '2026-11-01'],
  ['20260227', '2026-03-01T02:10', '20260301-0230'],
  ['2026.03.01', '2026_03_02', '2026-03-10'],
  ['1772323200', '2026-03-02', '20260303T021000Z'],
])('%s comes before %s and that before %s', (...ordered) => {
  expect([...ordered].reverse().sort((one, other) => comparePlaces(place(one), place(other)))).toEqual(ordered)
  expect(new Set(ordered.map((label) => place(label).scheme)).size).toBe(1)
})

test('what is no day is no date, and a date that people read in two ways says no place', () => {
  expect(readPlace('2026-02-30')).toBeNull()
  expect(readPlace('20261399')?.scheme).not.toBe('date')
  for (const label of ['01.03.2026', '01-03-2026', '3-1-2026']) expect(readPlace(label)).toBeNull()
})

test('numbers count as numbers, however long', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n }), fc.bigInt({ min: 0n }), (one, other) => {
      const wanted = one < other ? -1 : one > other ? 1 : 0
      expect(comparePlaces(place(`v${one}`), place(`v${other}`))).toBe(wanted)
    }),
  )
})

test('a label is a part of the name of its entry, and never a flag', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 30 }), fc.boolean(), (name, isFolder) => {
      const found = nameVersion(name, 'app.yaml', isFolder)
      if (typeof found === 'string') return
      expect(name).toContain(found.label)
      expect(name).not.toMatch(/^-/)
    }),
  )
})
