import { describe, expect, it } from 'vitest'
import type { RecoveryMoment } from '../../../src/domain/physical-backup.ts'
import { hasReached } from '../../../src/tools/pgbackrest/scratch/reached.ts'
import { readServerLog } from '../../../src/tools/pgbackrest/scratch/server-log.ts'

const moment = (kind: RecoveryMoment['kind'], value: string): RecoveryMoment => ({
  ...{ kind, value, before: false, timeline: 1 },
})
const logOf = (...lines: string[]) => {
  const log = readServerLog()
  for (const line of lines) log.take(line)
  return log
}
const ready = 'LOG:  database system is ready to accept connections'

describe('a server that came up', () => {
  it.each([
    ['its own end', null, 'recovery stopping after reaching consistency'],
    [
      'a time',
      moment('time', '2026-11-30T13:08:23.500Z'),
      'recovery stopping before commit of transaction 745, time 2026-11-30 13:08:23.612345+00',
    ],
    [
      'a transaction',
      moment('xid', '745'),
      'recovery stopping after commit of transaction 745, time 2026-11-30 13:08:23.1+00',
    ],
    ['a position', moment('lsn', '0/7000110'), 'recovery stopping after WAL location (LSN) "0/7000138"'],
    ['a name', moment('name', 'row-1'), 'recovery stopping at restore point "row-1", time 2026-11-30 13:08:23.1+00'],
  ] as const)('reached %s where it says that it stopped there', (_, wanted, line) => {
    expect(hasReached(wanted, logOf(`LOG:  ${line}`, ready))).toBe(true)
  })

  it.each([
    ['nowhere', null, 'redo done at 0/7000110'],
    ['nowhere', moment('xid', '745'), 'redo done at 0/7000110'],
    [
      'before the time',
      moment('time', '2026-11-30T13:08:24.000Z'),
      'recovery stopping before commit of transaction 745, time 2026-11-30 13:08:23.612345+00',
    ],
    [
      'at another transaction',
      moment('xid', '746'),
      'recovery stopping after commit of transaction 745, time 2026-11-30 13:08:23.1+00',
    ],
    ['before the position', moment('lsn', '0/8000000'), 'recovery stopping after WAL location (LSN) "0/7000138"'],
    [
      'at another name',
      moment('name', 'row-2'),
      'recovery stopping at restore point "row-1", time 2026-11-30 13:08:23.1+00',
    ],
  ] as const)('did not reach it where it stopped %s', (_, wanted, line) => {
    expect(hasReached(wanted, logOf(`LOG:  ${line}`, ready))).toBe(false)
  })

  it('is not believed where only a part of another message says so', () => {
    expect(logOf('\tLOG:  recovery stopping after reaching consistency').stop).toBeNull()
  })
})
