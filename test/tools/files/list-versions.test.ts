import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, inject, test } from 'vitest'
import { compareVersions, labelVersion, listFileVersions } from '../../../src/tools/files/list-versions.ts'

test('versions are listed the newest first, in any of the three ways to keep them', async () => {
  const folder = mkdtempSync(join(inject('runFolder'), 'versions-'))
  for (const name of ['app.yaml.v6', 'app.yaml.v10', 'v7.yaml', 'README.md', '.hidden.yaml', 'app.yaml.v8~'])
    writeFileSync(join(folder, name), '')
  mkdirSync(join(folder, 'v9'))
  expect(await listFileVersions(folder, '/etc/app.yaml')).toEqual([
    { label: 'v10', name: 'app.yaml.v10', path: join(folder, 'app.yaml.v10') },
    { label: 'v9', name: 'v9', path: join(folder, 'v9', 'app.yaml') },
    { label: 'v7', name: 'v7.yaml', path: join(folder, 'v7.yaml') },
    { label: 'v6', name: 'app.yaml.v6', path: join(folder, 'app.yaml.v6') },
  ])
  await expect(listFileVersions(join(folder, 'none'), 'app.yaml')).rejects.toMatchObject({ code: 'file_missing' })
})

test.each([
  ['v6', 'v7', 'v10'],
  ['1.2.9', '1.2.10', '1.10.0'],
  ['2026-02-28', '2026-03-01', '2026-11-01'],
  ['v07', 'v7', 'v8'],
])('%s comes before %s and that before %s', (...ordered) => {
  expect([...ordered].reverse().sort(compareVersions)).toEqual(ordered)
})

test('the order is total: no two names stand equal, and it does not contradict itself', () => {
  const name = fc.string({
    minLength: 1,
    maxLength: 8,
    unit: fc.constantFrom('v', '0', '1', '7', '10', '.', '-', 'a', 'A'),
  })
  fc.assert(
    fc.property(name, name, name, (a, b, c) => {
      expect(Math.sign(compareVersions(a, b)) + Math.sign(compareVersions(b, a))).toBe(0)
      if (compareVersions(a, b) === 0) expect(a).toBe(b)
      if (compareVersions(a, b) <= 0 && compareVersions(b, c) <= 0) expect(compareVersions(a, c)).toBeLessThanOrEqual(0)
    }),
  )
})

test('numbers within names count as numbers', () => {
  fc.assert(
    fc.property(fc.nat(100_000), fc.nat(100_000), (one, other) => {
      expect(Math.sign(compareVersions(`v${one}`, `v${other}`))).toBe(Math.sign(one - other))
    }),
  )
})

test('a label is a part of the name of its entry, and never a hidden file or a flag', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 30 }), fc.boolean(), (name, isFolder) => {
      const label = labelVersion(name, 'app.yaml', isFolder)
      if (label === null) return
      expect(name).toContain(label)
      expect(name).not.toMatch(/^[.-]|\.salvor-/)
    }),
  )
})
