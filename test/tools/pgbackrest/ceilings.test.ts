import { chmodSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import { describe, expect, inject, it } from 'vitest'
import type { StanzaPlace } from '../../../src/ports/backup-providers.ts'
import type { ToolRunner, ToolStart } from '../../../src/ports/tool-runner.ts'
import { askPgBackRest } from '../../../src/tools/pgbackrest/run.ts'
import { readRecords } from '../../../src/tools/pgbackrest/wal/read-records.ts'
import { createToolRunner } from '../../../src/tools/start-tool.ts'

const SEGMENT = 16 * 1024 ** 2
const name = '000000010000000000000001'
const place: StanzaPlace = {
  ...{ kind: 'pgbackrest', place: 0, stanza: 'orders', configFile: null },
  scratch: { folder: '/var/tmp/salvor', account: 'games', preload: [] },
}
const { signal } = new AbortController()
const isRoot = process.getuid?.() === 0

/** A pgbackrest that prints what a file holds, and a pg_waldump that only is started. */
function play(content: Buffer | string, ending: string) {
  const folder = mkdtempSync(join(inject('runFolder'), 'c-'))
  chmodSync(folder, 0o755)
  const program = join(folder, 'pgbackrest')
  const said = join(folder, 'said')
  writeFileSync(said, content)
  writeFileSync(program, `#!/bin/sh\nexec cat '${said}'\n`, { mode: 0o755 })
  const starts: ToolStart[] = []
  const real = createToolRunner()
  const run: ToolRunner = {
    run: (start) => {
      starts.push(start)
      return real.run(start)
    },
  }
  const archive = {
    ...{ place, repo: 1, id: '17-1', segmentBytes: BigInt(SEGMENT), segments: new Map(), histories: new Map() },
    files: new Map([[name, `archive/${name}${ending}`]]),
  }
  const deps = { run, program, waldump: '/bin/true' }
  const read = () => readRecords(deps, { archive, timeline: 1, segment: 1n, manager: 'Transaction', signal })
  return { deps, starts, read }
}

describe('a segment of WAL', () => {
  it.each([
    ['gz', gzipSync(Buffer.alloc(SEGMENT + 1)), '.gz'],
    ['zst', zstdCompressSync(Buffer.alloc(SEGMENT + 1)), '.zst'],
    ['as it is', Buffer.alloc(SEGMENT + 1), ''],
  ])('that is longer than one (%s) is not unpacked', async (_, content, ending) => {
    await expect(play(content, ending).read()).rejects.toMatchObject({ code: 'backup_damaged' })
  })

  it('is not even read to its end where it is far longer', async () => {
    const reading = play(Buffer.alloc(SEGMENT + 3e6), '.gz').read()
    await expect(reading).rejects.toMatchObject({ code: 'backup_tool_failed' })
  })

  it('is read by the account that restores, and is gone afterwards', async () => {
    const before = readdirSync(tmpdir()).filter((one) => one.startsWith('salvor-wal-'))
    const { read, starts } = play(gzipSync(Buffer.alloc(SEGMENT)), '.gz')
    expect(await read()).toEqual([])
    const dump = starts.at(-1)
    expect([dump?.program, ...(dump?.args ?? [])]).toContain('/bin/true')
    if (isRoot) expect(dump).toMatchObject({ program: 'setpriv' })
    if (isRoot) expect(dump?.args).toContain('--reuid=games')
    const after = readdirSync(tmpdir()).filter((one) => one.startsWith('salvor-wal-'))
    expect(after.filter((one) => !before.includes(one))).toEqual([])
  })
})

it('a document without an end is not gathered', async () => {
  const { deps } = play('', '')
  const program = deps.program
  writeFileSync(program, '#!/bin/sh\nexec cat /dev/zero\n', { mode: 0o755 })
  const asking = askPgBackRest(deps, { place, command: 'info', signal })
  await expect(asking).rejects.toMatchObject({ code: 'backup_tool_failed' })
})
