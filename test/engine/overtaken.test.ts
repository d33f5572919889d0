import { expect, test } from 'vitest'
import type { AnyJobKind, JobRegister } from '../../src/engine/define-job.ts'
import { listOvertaken } from '../../src/engine/overtaken.ts'
import { fakeJobView } from '../support/fakes/views.ts'

const fail = () => {
  throw new Error('params of another version')
}
const kind = { looksAt: fail, stands: fail, takesBack: fail } as unknown as AnyJobKind
const register: JobRegister = { find: () => kind, list: () => [kind] }

test('a kind that cannot read a job of another version keeps no card from being shown', () => {
  const views = [
    fakeJobView({ id: 'verify-1', kind: 'verify', state: 'failed', finishedAt: '2026-03-01T03:00:00.000Z' }),
    fakeJobView({ id: 'restore-1', state: 'succeeded', finishedAt: '2026-03-01T03:10:00.000Z' }),
  ]
  expect(listOvertaken(register, views)).toEqual(new Map())
})
