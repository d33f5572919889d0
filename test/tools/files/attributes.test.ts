import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, inject, test } from 'vitest'
import { explainFile } from '../../../src/tools/files/explain-file.ts'
import { createFileTools } from '../../../src/tools/files/index.ts'
import { createToolRunner } from '../../../src/tools/start-tool.ts'

const never = new AbortController().signal
const tools = createFileTools({ redact: (text) => text, run: createToolRunner() })
const isRoot = process.getuid?.() === 0
const fixture = fileURLToPath(new URL('replace-and-die.ts', import.meta.url))

const setAttribute = `import os, struct, sys
path, name, kind = sys.argv[1:]
acl = struct.pack('<I', 2) + b''.join(struct.pack('<HHI', *entry) for entry in
  [(1, 6, 0xffffffff), (2, 4, 65534), (4, 4, 0xffffffff), (16, 4, 0xffffffff), (32, 0, 0xffffffff)])
os.setxattr(path, name, acl if kind == 'acl' else kind.encode())`

function createFile(text = 'a: 1\n') {
  const path = join(mkdtempSync(join(inject('runFolder'), 'attributes-')), 'app.yaml')
  writeFileSync(path, text)
  return path
}

const mark = (path: string, name: string, value: string) =>
  execFileSync('python3', ['-c', setAttribute, path, name, value])

const hasPython = spawnSync('python3', ['--version']).status === 0

test('a file without more than mode and owner has nothing that gets lost', async () => {
  expect(await tools.readAttributes(createFile(), never)).toEqual([])
})

test.skipIf(!hasPython)('an access list and attributes are seen, by name', async () => {
  const path = createFile()
  mark(path, 'user.owner_team', 'orders')
  expect(await tools.readAttributes(path, never)).toEqual(['user.owner_team'])
  mark(path, 'system.posix_acl_access', 'acl')
  expect(await tools.readAttributes(path, never)).toEqual(['its access list (ACL)', 'user.owner_team'])
})

test('words in a file are no attributes of it', async () => {
  const path = createFile('30 SCHILY.xattr.user.none=1\nustar\n30 SCHILY.xattr.user.none=1\n')
  expect(await tools.readAttributes(path, never)).toEqual([])
})

test('nothing is claimed where nobody could look', async () => {
  expect(await createFileTools({ redact: (text) => text }).readAttributes(createFile(), never)).toBeNull()
  expect(await tools.readAttributes('/no/such/file', never)).toBeNull()
})

test.skipIf(!isRoot || spawnSync('unshare', ['-m', 'true']).status !== 0)(
  'a file that is a mount of its own is refused with words, before anything and at the rename',
  () => {
    const [path, source] = [createFile(), createFile('other: 1\n')]
    const of = { path, kept: `${path}.salvor-config-1`, seen: '', wanted: '', version: source }
    const argv = ['-m', 'sh', '-c', 'mount --bind "$1" "$2" && shift 2 && exec "$@"', 'sh', source, path]
    const done = spawnSync('unshare', [...argv, process.execPath, fixture, JSON.stringify(of)], { encoding: 'utf8' })
    expect(done.stdout).toBe('file_mounted')
    expect(readFileSync(path, 'utf8')).toBe('a: 1\n')
  },
)

test.each([
  ['EBUSY', 'file_mounted'],
  ['EXDEV', 'file_across'],
  ['ETXTBSY', 'file_running'],
])('%s has a code and words: %s', (code, wanted) => {
  const error = Object.assign(new Error(`${code}: rename`), { code })
  expect(explainFile(error, '/etc/app.yaml', 'replace')).toMatchObject({ code: wanted })
})
