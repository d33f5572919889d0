import { expect, test } from 'vitest'
import { readLog } from '../../../jobs/rerun/read-log.ts'
import { makeAnalysis } from '../../support/fakes/analyses.ts'

const contextOf = (isTimeless: boolean) =>
  ({
    plan: {
      systems: {},
      migrations: { orders: { system: 'orders-db', log: 'migration', rerun: { argv: ['true'] } } },
      logs: { migration: { path: '/m.log', rowData: 'hidden' } },
      timezone: 'UTC',
    },
    params: { system: 'orders-db', migration: 'orders' },
    signal: new AbortController().signal,
    resolvePath: (path: string) => path,
    log: { warn: () => undefined },
    tools: { logs: { analyse: async () => makeAnalysis({ isTimeless }) } },
  }) as unknown as Parameters<typeof readLog>[0]

test('a log whose lines bear no time does not judge the attempt', async () => {
  expect(await readLog(contextOf(true), '2026-03-01T02:00:00.000Z')).toMatchObject({ errors: 0, remedies: [] })
  expect((await readLog(contextOf(false), '2026-03-01T02:00:00.000Z'))?.errors).toBeGreaterThan(0)
})
