import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, inject, it } from 'vitest'
import type { RestorePoint } from '../../../src/domain/content.ts'
import type { RecoveryMoment } from '../../../src/domain/physical-backup.ts'
import { nameSegment } from '../../../src/domain/wal.ts'
import type { ArchiveTools } from '../../../src/ports/archive-tools.ts'
import type { StanzaPlace } from '../../../src/ports/backup-providers.ts'
import type { ToolRunner } from '../../../src/ports/tool-runner.ts'
import type { PostgresPrograms } from '../../../src/tools/archives/postgres-programs.ts'
import { aimAt } from '../../../src/tools/pgbackrest/aim.ts'
import { createPgBackRest } from '../../../src/tools/pgbackrest/index.ts'
import { readInfo } from '../../../src/tools/pgbackrest/info.ts'
import { describeBackups } from '../../../src/tools/pgbackrest/list.ts'
import { proveBackup } from '../../../src/tools/pgbackrest/prove.ts'
import { createToolRunner } from '../../../src/tools/start-tool.ts'

const label = '20261130-010000F'
const MB = 1024 ** 2
const name = (segment: number, segmentBytes = 16 * MB) => nameSegment(1, BigInt(segment), BigInt(segmentBytes))
const { signal } = new AbortController()

/** The header of a segment's first page, which says how long it is. */
function headOf(segmentBytes: number): Buffer {
  const head = Buffer.alloc(8192)
  head.writeUInt32LE(segmentBytes, 32)
  return gzipSync(head)
}

interface Told {
  readonly backup?: object
  readonly archive?: object
  /** Numbers of the segments that the repository holds. */
  readonly segments?: readonly number[]
  readonly first?: number
  readonly last?: number
  readonly segmentBytes?: number
}

/** A pgbackrest that knows one full backup, and whose repository holds the segments that it is told to. */
async function play(of: Told) {
  const { first = 2, last = 4, segments = [2, 3, 4], segmentBytes = 16 * MB } = of
  const named = (segment: number) => name(segment, segmentBytes)
  const folder = mkdtempSync(join(inject('runFolder'), 'p-'))
  const database = { id: 1, 'repo-key': 1 }
  const info = [
    {
      name: 'orders',
      archive: [{ id: '17-1', database, min: named(first), max: named(last), ...of.archive }],
      backup: [
        {
          ...{ archive: { start: named(first), stop: named(last) }, database, error: false, label, prior: null },
          ...{ info: { size: 1e6, delta: 1e6, repository: { delta: 1e5 } }, reference: null, type: 'full' },
          lsn: { start: '0/2000028', stop: '0/4000100' },
          timestamp: { start: 1_796_000_000, stop: 1_796_000_060 },
          ...of.backup,
        },
      ],
      db: [{ ...database, 'system-id': '7000000000000000001', version: '17' }],
      status: { code: 0, message: 'ok' },
    },
  ]
  const files = segments.map((segment) => `${named(segment)}-${'a'.repeat(40)}.gz`)
  const folders = Map.groupBy(files, (file) => file.slice(0, 16))
  const write = (file: string, content: string | Buffer) => {
    writeFileSync(join(folder, file), content)
    return join(folder, file)
  }
  const listOf = (paths: readonly string[]) =>
    JSON.stringify(Object.fromEntries(paths.map((path) => [path, { type: 'file' }])))
  const answers = [
    ['*repo-get*', write('head', headOf(segmentBytes))],
    ...[...folders].map(([name, inside]) => [`*repo-ls*/${name}`, write(name, listOf(inside))]),
    ['*repo-ls*/17-1', write('all', listOf(files.map((file) => `${file.slice(0, 16)}/${file}`)))],
    ['*repo-ls*', write('none', '{}')],
    ['*', write('info', JSON.stringify(info))],
  ]
  const cases = answers.map(([pattern, file]) => `${pattern}) exec cat '${file}' ;;`)
  const program = write('pgbackrest', `#!/bin/sh\ncase "$*" in\n${cases.join('\n')}\nesac\n`)
  chmodSync(program, 0o755)
  const place: StanzaPlace = {
    ...{ kind: 'pgbackrest', place: 0, stanza: 'orders', configFile: null },
    scratch: { folder: join(folder, 'scratch'), account: 'root', preload: [] },
  }
  const tool = createToolRunner()
  const commands: (string | undefined)[] = []
  const run: ToolRunner = {
    run: (start) => {
      commands.push(start.args?.find((word) => /^(info|repo-ls|repo-get|version)$/.test(word)))
      return tool.run(start)
    },
  }
  const programs = { own: async () => '/bin/true' } as unknown as PostgresPrograms
  const deps = { run, program, programs }
  const points = describeBackups(place, await readInfo(deps, place, signal))
  const point = points[0] as RestorePoint
  return {
    points,
    commands,
    describe: () => createPgBackRest({ run, program, archives: {} as ArchiveTools }).describe(place, signal),
    prove: (moment: RecoveryMoment | null = null, listed?: readonly RestorePoint[]) =>
      proveBackup(deps, { place, point, moment, signal, ...(listed === undefined ? {} : { listed }) }),
    aim: (moment: RecoveryMoment) => aimAt(deps, { place, points, moment, signal }),
  }
}

const at = (value: string): RecoveryMoment => ({ kind: 'time', value, before: false, timeline: null })
const mark = (through: number): RecoveryMoment => ({
  ...{ kind: 'xid', value: '745', before: false, timeline: 1 },
  through: name(through),
})

describe('a backup of a cluster', () => {
  it('is proven where its chain and its WAL are there', async () => {
    await expect((await play({})).prove()).resolves.toBeUndefined()
  })

  it.each<[string, Told, string]>([
    ['whose pages were damaged when it was taken', { backup: { error: true } }, 'backup_damaged'],
    ['whose predecessor is gone', { backup: { prior: 'gone', reference: ['gone'] } }, 'backup_chain_broken'],
    ['whose WAL has expired', { archive: { min: name(9), max: name(12) } }, 'backup_wal_missing'],
    ['whose first segment is gone', { segments: [3, 4] }, 'backup_wal_missing'],
    ['whose last segment is gone', { segments: [2, 3] }, 'backup_wal_missing'],
    ['that lacks one in between', { segments: [2, 4] }, 'backup_wal_missing'],
  ])('%s is not proven', async (_, told, code) => {
    await expect((await play(told)).prove()).rejects.toMatchObject({ code })
  })

  it('is looked through by the length that its segments have', async () => {
    // Of 64 MB each there are 64 of them before the name turns over.
    const long = { first: 62, last: 65, segmentBytes: 64 * MB }
    await expect((await play({ ...long, segments: [62, 63, 64, 65] })).prove()).resolves.toBeUndefined()
    await expect((await play({ ...long, segments: [62, 63, 65] })).prove()).rejects.toMatchObject({
      ...{ code: 'backup_wal_missing', facts: { missing: name(64, 64 * MB) } },
    })
  })

  it('is not proven for a mark to which WAL no longer leads', async () => {
    const segments = [2, 3, 4, 5, 7]
    const played = await play({ segments, archive: { max: name(7) } })
    await expect(played.prove(mark(5))).resolves.toBeUndefined()
    await expect(played.prove(mark(7))).rejects.toMatchObject({ code: 'moment_in_gap', facts: { missing: name(6) } })
    await expect(played.prove(mark(8))).rejects.toMatchObject({ code: 'moment_in_gap' })
  })

  it('is not listed again for whoever has just listed it', async () => {
    const played = await play({})
    const { backups, problem } = await played.describe()
    expect([backups, problem]).toEqual([played.points, null])
    played.commands.length = 0
    await played.prove(null, backups)
    expect(played.commands).not.toContain('info')
    await played.prove()
    expect(played.commands).toContain('info')
  })

  it('that was named with a moment and cannot be used is refused for what is wrong with it', async () => {
    const played = await play({ backup: { error: true } })
    await expect(played.aim(at('2026-12-01T00:00:00Z'))).rejects.toMatchObject({ code: 'backup_damaged' })
    const without = await play({ backup: { archive: { start: null, stop: null } } })
    await expect(without.aim(at('2026-12-01T00:00:00Z'))).rejects.toMatchObject({ code: 'backup_wal_missing' })
  })
})
