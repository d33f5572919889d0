import { expect, test } from 'vitest'
import type { Json } from '../../src/domain/json.ts'
import type { LogAnalysis } from '../../src/domain/log-analysis.ts'
import { findCause } from '../../src/report/find-cause.ts'
import { makeAnalysis, makeCause } from '../support/fakes/analyses.ts'
import { chainEvents, type Told } from '../support/fakes/journal.ts'

function tell(...analyses: readonly LogAnalysis[]): Told[] {
  return analyses.flatMap((analysis, index): Told[] => {
    const job = `logs-${index + 1}`
    const asked = { kind: 'logs', params: {}, words: 'logs migration', planDigest: 'p', lockTarget: null }
    const output = { analysis, remedies: [] } as unknown as Json
    return [
      { minute: index, type: 'job_requested', job, actor: 'alice', data: asked },
      { minute: index, type: 'step_done', job, actor: 'salvor', data: { step: 'analyse', attempt: 1, output } },
    ]
  })
}
const causeOf = (...analyses: readonly LogAnalysis[]) => findCause(chainEvents(tell(...analyses)))

test('the newest analysis that found a failure names the cause', () => {
  const newer = makeAnalysis({ root: makeCause({ words: 'It waited for a lock.', code: '40P01' }) })
  expect(causeOf(makeAnalysis(), newer)).toBe('It waited for a lock, 40P01 (migration.log line 5, 02:10:07)')
  expect(causeOf(newer, makeAnalysis({ root: null }))).toMatch(/^It waited for a lock/)
})

test('what came while somebody followed a log is the cause only where nobody read the whole of it', () => {
  const [whole, late] = [makeAnalysis(), makeAnalysis({ root: makeCause({ words: 'It waited.', code: '40P01' }) })]
  const follow = (told: Told): Told =>
    told.type === 'step_done' ? { ...told, data: { ...told.data, step: 'follow' } } : told
  const [asked, read, askedLater, followed] = tell(whole, late)
  if (!asked || !read || !askedLater || !followed) throw new Error('no events')
  const both = findCause(chainEvents([asked, read, askedLater, follow(followed)]))
  expect(both).toBe(causeOf(whole))
  expect(findCause(chainEvents([askedLater, follow(followed)]))).toMatch(/^It waited/)
})

test('what was not found is called unknown', () => {
  expect(findCause([])).toBe('unknown, logs not analysed')
  expect(causeOf(makeAnalysis({ root: null }))).toBe('unknown, nothing failed in migration')
  expect(causeOf(makeAnalysis({ root: makeCause({ certain: false }) }))).toMatch(
    /^unknown, migration tells only what followed/,
  )
})

test('an output of another kind of job is no analysis', () => {
  const [asked, done] = tell(makeAnalysis())
  if (asked?.type !== 'job_requested' || !done) throw new Error('no events')
  const other: Told = { ...asked, data: { ...asked.data, kind: 'test' } }
  expect(findCause(chainEvents([other, done]))).toBe('unknown, logs not analysed')
})
