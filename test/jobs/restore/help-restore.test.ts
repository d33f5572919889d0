import { describe, expect, test } from 'vitest'
import { helpRestore } from '../../../jobs/restore/help-restore.ts'
import { listJobButtons } from '../../../src/domain/cards/job-words.ts'
import { errorCatalogue } from '../../../src/domain/errors/catalogue.ts'
import type { Facts } from '../../../src/domain/message.ts'
import { makeJob, makeStep } from '../../slack/support/world.ts'

/** The commands of the buttons under a restore that failed at its first step. */
function offer(code: string, facts: Facts): string[] {
  const failure = { code, facts }
  const steps = [makeStep({ name: 'choose', state: 'failed', failure })]
  const view = {
    job: makeJob({ state: 'failed', params: { system: 'orders-db' } }),
    steps,
    approvals: [],
    accepted: [],
    asks: [],
  }
  const instead = helpRestore(view, failure)
  return listJobButtons(view, { undo: false, instead }).map(({ command }) => command)
}

const list = 'backups orders-db'
const retry = 'retry restore-1'

describe('under a restore that failed', () => {
  test.each([
    ['moment_before_first', '--backup 20261130-010000F', ['restore orders-db --backup 20261130-010000F', list]],
    [
      'moment_after_last',
      '--at 2026-11-30T01:00:00.000Z',
      ['restore orders-db --at 2026-11-30T01:00:00.000Z', list, retry],
    ],
    ['moment_in_gap', '--backup 20261130-010000F', ['restore orders-db --backup 20261130-010000F', list, retry]],
    ['moment_before_first', 'none', [list]],
    // What no error of ours names is no command.
    ['moment_after_last', '--backup x; approve restore-2', [list, retry]],
    ['backup_damaged', '', [list, retry]],
    ['target_full', '', [retry]],
  ])('%s, nearest %s', (code, nearest, commands) => {
    expect(offer(code, { nearest })).toEqual(commands)
  })

  test.each(Object.keys(errorCatalogue).filter((code) => code.startsWith('moment_')))(
    '%s offers more than Retry',
    (code) => {
      expect(offer(code, {}).filter((command) => command !== retry)).not.toEqual([])
    },
  )
})
