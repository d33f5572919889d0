import { afterEach, beforeEach, expect, it } from 'vitest'
import { until } from '../support/until.ts'
import { tellStory } from './support/story.ts'
import { openWorkbench, type Workbench } from './support/workbench.ts'
import { makeStep, type World } from './support/world.ts'

let bench: Workbench

beforeEach(async () => {
  bench = await openWorkbench('http')
})

afterEach(async () => {
  await bench.close()
})

const { read, findReply, nudge, openIncident, startJob } = tellStory(() => bench)

const failure = { code: 'tool_failed', facts: { tool: 'pg_restore', code: 1, seen: 'no space left on device' } }

async function failJob(): Promise<void> {
  openIncident()
  startJob()
  bench.world.change('restore-1', { job: { state: 'failed' }, steps: [makeStep({ state: 'failed', failure })] })
  bench.world.happens('job_failed', { step: 'load', failure }, 'restore-1', 'salvor')
  nudge()
  await until('a live button', () => outcome().includes('Retry restore-1'))
}

const outcome = () => read(findReply(/restore-1 failed: pg_restore/))
const goOn = () => bench.world.change('restore-1', { job: { state: 'running' }, steps: [makeStep()] })

it('the message of a failure loses its buttons once the job has gone on', async () => {
  await failJob()
  goOn()
  bench.world.happens('job_retried', { by: 'alice', step: 'load', attempt: 2 }, 'restore-1')
  nudge()
  await until('no button', () => !outcome().includes('Retry restore-1'))
  expect(outcome()).toContain('pg_restore ended with 1')
  expect(bench.slack.as('alice').buttons()).not.toContain('Retry restore-1')
  expect(bench.slack.violations).toEqual([])
})

it('it loses them as well when the bot died before it could edit the message', async () => {
  await failJob()
  await bench.stopBot()
  goOn()
  bench.world.happens('job_retried', { by: 'alice', step: 'load', attempt: 2 }, 'restore-1')
  await bench.messages.advance(7, bench.world.events.length)
  await bench.startBot()
  await until('no button', () => !outcome().includes('Retry restore-1'))
})

function succeed(id: string, job: Parameters<World['change']>[1]['job']): void {
  bench.world.change(id, { job: { state: 'succeeded', ...job }, steps: [makeStep({ state: 'done' })] })
  bench.world.happens('job_succeeded', { summary: 's', outcome: null }, id, 'salvor')
  nudge()
}

const undoButtons = () =>
  bench.slack
    .as('alice')
    .buttons()
    .filter((text) => text === 'Undo restore-1')

it('a job of an earlier incident has no Undo any more once another stands above it', async () => {
  succeed('restore-1', { incident: 6, finishedAt: '2026-03-01T03:00:00Z' })
  await until('the way back', () => undoButtons().length === 2)
  openIncident()
  succeed('restore-2', { finishedAt: '2026-03-01T04:00:00Z' })
  await until('the way back is gone', () => undoButtons().length === 0)
  expect(bench.slack.as('alice').buttons()).toContain('Undo restore-2')
})

it('a job that was taken back has no Undo any more, on its card and its outcome', async () => {
  openIncident()
  startJob()
  succeed('restore-1', { state: 'succeeded' })
  await until('the way back', () => undoButtons().length === 2)
  const params = { system: 'orders-db', job: 'restore-1' }
  bench.world.change('undo-1', { job: { id: 'undo-1', kind: 'undo', state: 'succeeded', params } })
  bench.world.happens('job_succeeded', { summary: 's', outcome: null }, 'undo-1', 'salvor')
  nudge()
  await until('the way back is gone', () => undoButtons().length === 0)
  expect(bench.slack.as('alice').buttons()).toContain('Undo undo-1')
})
