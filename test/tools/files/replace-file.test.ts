import { execFileSync, spawnSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  linkSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, inject, onTestFinished, test } from 'vitest'
import { hashText } from '../../../src/domain/digest.ts'
import { createFileTools } from '../../../src/tools/files/index.ts'
import type { ReplaceMoment } from '../../../src/tools/files/replace-file.ts'

const fixture = fileURLToPath(new URL('replace-and-die.ts', import.meta.url))
const isRoot = process.getuid?.() === 0
const never = new AbortController().signal

function createFile(old = 'old\n', fresh = 'new\n', parent = inject('runFolder')) {
  const folder = mkdtempSync(join(parent, 'file-'))
  const path = join(folder, 'app.yaml')
  const version = join(folder, 'version')
  writeFileSync(path, old)
  writeFileSync(version, fresh)
  const digests = { seen: hashText(Buffer.from(old)), wanted: hashText(Buffer.from(fresh)) }
  return { folder, path, version, kept: `${path}.salvor-config-1`, ...digests }
}

const runApart = (of: object) => spawnSync(process.execPath, [fixture, JSON.stringify(of)], { encoding: 'utf8' })

const replace = (
  of: ReturnType<typeof createFile>,
  more: { pass?: (moment: ReplaceMoment) => void; signal?: AbortSignal; beforeEffect?: () => Promise<void> } = {},
) =>
  createFileTools({ redact: (text) => text, ...(more.pass === undefined ? {} : { pass: more.pass }) }).replace({
    ...of,
    content: readFileSync(of.version),
    signal: more.signal ?? never,
    beforeEffect: more.beforeEffect ?? (async () => {}),
  })

describe('a replacement', () => {
  test.each<[ReplaceMoment, string]>([
    ['kept', 'old\n'],
    ['written', 'old\n'],
    ['replaced', 'new\n'],
  ])(
    'whose process is killed when the file is %s leaves a whole file, and the next attempt finishes it',
    async (dieAt, left) => {
      const of = createFile()
      chmodSync(of.path, 0o604)
      expect(runApart({ ...of, dieAt }).signal).toBe('SIGKILL')
      expect(readFileSync(of.path, 'utf8')).toBe(left)
      expect(readFileSync(of.kept, 'utf8')).toBe('old\n')
      if (left === 'new\n') return
      await replace(of)
      expect(readFileSync(of.path, 'utf8')).toBe('new\n')
      expect(readFileSync(of.kept, 'utf8')).toBe('old\n')
      expect(statSync(of.path).mode & 0o7777).toBe(0o604)
      expect(readdirSync(of.folder).sort()).toEqual(['app.yaml', 'app.yaml.salvor-config-1', 'version'])
    },
  )

  test.skipIf(!isRoot)(
    'carries owner, group and mode over to the new file, and leaves them on the kept one',
    async () => {
      const of = createFile()
      chownSync(of.path, 1234, 4321)
      chmodSync(of.path, 0o2750)
      await replace(of)
      for (const file of [of.path, of.kept]) {
        const { uid, gid, mode } = statSync(file)
        expect([uid, gid, mode & 0o7777]).toEqual([1234, 4321, 0o2750])
      }
    },
  )

  test('of a file that was replaced or written meanwhile changes nothing', async () => {
    for (const way of ['over', 'into']) {
      const of = createFile()
      const byHand = () => {
        if (way === 'over') rmSync(of.path)
        writeFileSync(of.path, 'by hand\n')
        return Promise.resolve()
      }
      await expect(replace(of, { beforeEffect: byHand })).rejects.toMatchObject({ code: 'file_changed' })
      expect(readFileSync(of.path, 'utf8')).toBe('by hand\n')
      expect(readdirSync(of.folder).sort()).toEqual(['app.yaml', 'version'])
    }
  })

  test('gives the file its place back when somebody wrote into it in the moment of the rename', async () => {
    const of = createFile()
    const pass = (moment: ReplaceMoment) => {
      if (moment === 'replaced') writeFileSync(of.kept, 'by hand\n')
    }
    await expect(replace(of, { pass })).rejects.toMatchObject({ code: 'file_changed' })
    expect(readFileSync(of.path, 'utf8')).toBe('by hand\n')
  })

  test('that was stopped, or whose fence is lost, keeps the old file', async () => {
    const of = createFile()
    await expect(replace(of, { signal: AbortSignal.abort(new Error('stopped')) })).rejects.toThrow('stopped')
    const lost = () => Promise.reject(new Error('no longer this runner'))
    await expect(replace(of, { beforeEffect: lost })).rejects.toThrow('no longer this runner')
    expect(readdirSync(of.folder).sort()).toEqual(['app.yaml', 'version'])
    expect(readFileSync(of.path, 'utf8')).toBe('old\n')
  })

  test('does not overwrite a file that has the name of the kept one', async () => {
    const of = createFile()
    writeFileSync(of.kept, "somebody else's\n")
    await expect(replace(of)).rejects.toMatchObject({ code: 'file_kept_taken' })
    expect(readFileSync(of.kept, 'utf8')).toBe("somebody else's\n")
    expect(readFileSync(of.path, 'utf8')).toBe('old\n')
  })

  test('does not follow a link that lies where the new file is written', async () => {
    const of = createFile()
    symlinkSync(of.version, join(of.folder, '.app.yaml.salvor-config-1.new'))
    await replace(of)
    expect(readFileSync(of.version, 'utf8')).toBe('new\n')
    expect(statSync(of.path).isFile()).toBe(true)
    expect(readFileSync(of.path, 'utf8')).toBe('new\n')
  })
})

describe.skipIf(!isRoot)('an account that is not root', () => {
  const apart = (change: (of: ReturnType<typeof createFile>) => void) => {
    // The folder of the run belongs to root alone.
    const of = createFile('old\n', 'new\n', '/tmp')
    onTestFinished(() => rmSync(of.folder, { recursive: true, force: true }))
    for (const one of [of.folder, of.path, of.version]) chownSync(one, 65534, 65534)
    change(of)
    return { of, said: runApart({ ...of, uid: '65534' }).stdout }
  }

  test('replaces its own file', () => {
    const { of, said } = apart(() => {})
    expect(said).toBe('replaced')
    expect(statSync(of.path).uid).toBe(65534)
  })

  test.each<[string, (of: ReturnType<typeof createFile>) => void]>([
    ['of somebody else', ({ path }) => chownSync(path, 1234, 65534)],
    ['of a group that it is not in', ({ path }) => chownSync(path, 65534, 1234)],
    ['that it may not read', ({ path }) => chmodSync(path, 0)],
    ['in a folder that it may not write', ({ folder }) => chmodSync(folder, 0o555)],
  ])('is told at once that it cannot replace a file %s', (_of, change) => {
    const { of, said } = apart(change)
    expect(said).toBe('file_rights')
    expect(readFileSync(of.path, 'utf8')).toBe('old\n')
  })
})

describe('a look at a file', () => {
  const { read } = createFileTools({ redact: (text) => text })

  test('follows a link within its folder, and none out of it', async () => {
    const of = createFile()
    const link = join(of.folder, 'current')
    symlinkSync('app.yaml', link)
    expect((await read(link)).path).toBe(of.path)
    const away = join(of.folder, 'away')
    symlinkSync('/etc/hostname', away)
    await expect(read(away)).rejects.toMatchObject({ code: 'file_link' })
  })

  test('refuses folders and pipes without waiting for a writer', async () => {
    const of = createFile()
    const pipe = join(of.folder, 'pipe')
    execFileSync('mkfifo', [pipe])
    await expect(read(pipe)).rejects.toMatchObject({ code: 'file_not_regular' })
    await expect(read(of.folder)).rejects.toMatchObject({ code: 'file_not_regular' })
    await expect(read(join(of.folder, 'nothing'))).rejects.toMatchObject({ code: 'file_missing' })
  })

  test('takes a file of 1 MiB and none above', async () => {
    const of = createFile('x'.repeat(1024 * 1024))
    expect((await read(of.path)).bytes).toBe(1024 * 1024)
    writeFileSync(of.path, 'x'.repeat(1024 * 1024 + 1))
    await expect(read(of.path)).rejects.toMatchObject({ code: 'file_too_big' })
  })

  test('reads a file with a second name like any other', async () => {
    const of = createFile()
    linkSync(of.path, join(of.folder, 'second'))
    await replace(of)
    expect(readFileSync(join(of.folder, 'second'), 'utf8')).toBe('old\n')
  })
})
