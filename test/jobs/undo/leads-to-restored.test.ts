import { expect, it } from 'vitest'
import { leadsToRestored } from '../../../jobs/undo/turned-back.ts'
import type { StoreReader } from '../../../src/ports/reader.ts'
import { fakeJobView } from '../../support/fakes/views.ts'

const undo = (number: number, job: string) =>
  fakeJobView({ id: `undo-${number}`, kind: 'undo', params: { job, system: 'orders-db' } })
const views = [
  fakeJobView({ id: 'restore-1', kind: 'restore' }),
  undo(1, 'restore-1'),
  undo(2, 'undo-1'),
  undo(3, 'undo-2'),
]
const store = { viewJob: async (id: string) => views.find(({ job }) => job.id === id) } as unknown as StoreReader

it.each([
  ['restore-1', false],
  ['undo-1', true],
  ['undo-2', false],
  ['undo-3', true],
])('taking %s back leads to what a restore brought: %s', async (id, expected) => {
  const view = views.find(({ job }) => job.id === id)
  if (view === undefined) throw new Error(id)
  expect(await leadsToRestored(store, view)).toBe(expected)
})
