import {
  chmodSync,
  existsSync,
  lchownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest'
import type { StanzaPlace } from '../../../src/ports/backup-providers.ts'
import { checkBase, makeScratch, removeScratch } from '../../../src/tools/pgbackrest/scratch/folder.ts'
import { removeNativeCode } from '../../../src/tools/pgbackrest/scratch/native-code.ts'
import { createToolRunner } from '../../../src/tools/start-tool.ts'
import { games } from '../../support/terminal.ts'

const isRoot = process.getuid?.() === 0
const run = createToolRunner()
const session = { step: 'restore-1/recover', fence: 1 }
/** Of the group of the same name. */
const gid = 60
let folder = ''

const place = (base: string): StanzaPlace => ({
  ...{ kind: 'pgbackrest', place: 0, stanza: 'orders', configFile: null },
  scratch: { folder: base, account: 'games', preload: [] },
})

beforeEach(() => {
  folder = mkdtempSync(join(inject('runFolder'), 's-'))
  chmodSync(folder, 0o711)
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('a scratch folder', () => {
  it('is made in a folder that everybody may write to, where nobody may take what is another’s', async () => {
    chmodSync(folder, 0o1777)
    const scratch = await makeScratch(run, place(join(folder, 'salvor')), session)
    expect(readdirSync(scratch.path).toSorted()).toEqual(['archive', 'data', 'lock', 's', 'tablespaces'])
    expect(await removeScratch(run, place(join(folder, 'salvor')), session)).toEqual([])
    expect(readdirSync(join(folder, 'salvor'))).toEqual([])
  })

  it.each([
    ['the folder itself', 0o777, 0o711],
    ['the folder itself, though sticky', 0o1777, 0o711],
    ['the folder above', 0o700, 0o777],
  ])('is refused where everybody may write to %s', async (_, own, above) => {
    const base = join(folder, 'salvor')
    mkdirSync(base)
    chmodSync(base, own)
    chmodSync(folder, above)
    const refused = { code: 'scratch_unusable', facts: { seen: expect.stringContaining('may be written to by') } }
    await expect(checkBase(place(base))).rejects.toMatchObject(refused)
    await expect(makeScratch(run, place(base), session)).rejects.toMatchObject(refused)
    expect(readdirSync(base)).toEqual([])
  })

  it.skipIf(!isRoot)('is refused where another account made it, or the link that leads to it', async () => {
    chmodSync(folder, 0o1777)
    const base = join(folder, 'salvor')
    const refused = { code: 'scratch_unusable', facts: { seen: expect.stringContaining('belongs to account number') } }
    mkdirSync(base)
    lchownSync(base, games.uid, gid)
    await expect(makeScratch(run, place(base), session)).rejects.toMatchObject(refused)
    rmSync(base, { recursive: true })
    mkdirSync(join(folder, 'ours'), { mode: 0o711 })
    symlinkSync(join(folder, 'ours'), base)
    lchownSync(base, games.uid, gid)
    await expect(makeScratch(run, place(base), session)).rejects.toMatchObject(refused)
    expect(readdirSync(join(folder, 'ours'))).toEqual([])
  })

  it.skipIf(!isRoot)('that became another’s is not emptied by root', async () => {
    const base = join(folder, 'salvor')
    const { path } = await makeScratch(run, place(base), session)
    lchownSync(base, games.uid, gid)
    expect(await removeScratch(run, place(base), session)).toEqual([path])
    expect(existsSync(path)).toBe(true)
  })

  it.skipIf(!isRoot)('is emptied by the account that owns it: what a link leads to stays', async () => {
    const base = join(folder, 'salvor')
    const scratch = await makeScratch(run, place(base), session)
    // As the account could do between two looks of a removal.
    const kept = join(folder, 'kept')
    mkdirSync(kept)
    writeFileSync(join(kept, 'file'), '')
    renameSync(kept, join(scratch.data, 'base'))
    symlinkSync(folder, join(scratch.data, 'link'))
    expect(await removeScratch(run, place(base), session)).toEqual([scratch.path])
    expect(existsSync(join(scratch.data, 'base', 'file'))).toBe(true)
    expect(existsSync(scratch.archive)).toBe(true)
    for (const path of ['base', 'base/file']) lchownSync(join(scratch.data, path), games.uid, gid)
    expect(await removeScratch(run, place(base), session)).toEqual([])
    expect(existsSync(folder)).toBe(true)
  })
})

describe('libraries among restored files', () => {
  it('are removed, by name and by what they are; nothing else is', async () => {
    const scratch = await makeScratch(run, place(join(folder, 'salvor')), session)
    const write = (path: string, content: string) => {
      const at = join(scratch.data, path)
      writeFileSync(at, content)
      if (isRoot) lchownSync(at, games.uid, gid)
    }
    for (const name of ['base', 'base/1']) mkdirSync(join(scratch.data, name))
    if (isRoot) for (const name of ['base', 'base/1']) lchownSync(join(scratch.data, name), games.uid, gid)
    for (const name of ['base/evil.so', 'base/evil.so.1']) write(name, 'x')
    write('base/1/1259', '\x7fELF\x02')
    write('base/1/1260', 'page')
    symlinkSync('/lib/some.so', join(scratch.data, 'base', 'link.so'))
    const outside = join(folder, 'mine.so')
    writeFileSync(outside, '\x7fELF')
    symlinkSync(folder, join(scratch.data, 'way'))
    const found = await removeNativeCode(run, 'games', [scratch.data, scratch.tablespaces])
    expect(found.map((path) => path.slice(scratch.data.length + 1)).toSorted()).toEqual(
      ['base/1/1259', 'base/evil.so', 'base/evil.so.1', 'base/link.so'].toSorted(),
    )
    expect(readdirSync(join(scratch.data, 'base', '1'))).toEqual(['1260'])
    expect(existsSync(outside)).toBe(true)
  })
})
