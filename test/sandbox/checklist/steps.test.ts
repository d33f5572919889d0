import { expect, it } from 'vitest'
import { commandRegister } from '../../../commands/index.ts'
import type { Fact } from '../../../sandbox/checklist/read-facts.ts'
import { type StepId, steps, tick } from '../../../sandbox/checklist/steps.ts'

const all = Object.keys(steps) as StepId[]
const plan = { title: 'Orders lost', steps: all }
const fact = (type: Fact['type'], kind: string | null = null): Fact => ({ type, kind, at: 0 })
const userOf = (name: string) => `U0${name.toUpperCase()}`
const read = (facts: readonly Fact[], sawBackups = false, thread?: string) =>
  tick(
    plan,
    { facts, sawBackups, hasThread: thread !== undefined },
    { channel: 'C0INC', userOf, ...(thread ? { thread } : {}) },
  )
const doneBy = (...facts: Fact[]) =>
  read(facts, false, '17.1')
    .filter(({ done }) => done)
    .map(({ id }) => id)

it.each([
  ['open', fact('incident_opened')],
  ['restore', fact('job_requested', 'restore')],
  ['verify', fact('job_succeeded', 'verify')],
  ['config', fact('job_succeeded', 'config')],
  ['restart', fact('job_succeeded', 'restart')],
])('%s is done by its own event, and nothing else is', (id, event) => {
  expect(doneBy(event)).toEqual([id])
})

it.each([
  ['asking for a restart', fact('job_requested', 'restart')],
  ['asking for approval', fact('approval_asked', 'restore')],
  ['a report without closing', fact('report_made')],
  ['closing without a report', fact('incident_closed')],
])('%s ticks nothing', (_title, event) => {
  expect(doneBy(event)).toEqual([])
})

it('approving is done once the restore has switched', () => {
  expect(doneBy(fact('approval_granted', 'restore'))).toEqual([])
  expect(doneBy(fact('approval_granted', 'restore'), fact('job_succeeded', 'restore'))).toEqual(['approve'])
})

it('opening is done once there is a thread to go on in', () => {
  expect(read([fact('incident_opened')]).filter(({ done }) => done)).toEqual([])
})

it('backups were looked at once somebody was shown them', () => {
  expect(read([], true).find(({ id }) => id === 'backups')?.done).toBe(true)
})

it('a person other than the one who asked is taken for the approval, and gets no words to send', () => {
  const items = read([])
  const [restore, approve] = ['restore', 'approve'].map((id) => items.find((one) => one.id === id)?.go)
  expect(approve?.person).not.toBe(restore?.person)
  expect(approve?.words).toBeUndefined()
})

it('a slash command goes to the channel, words for the bot into the thread', () => {
  for (const { go } of read([], false, '17.1'))
    expect(go?.thread, go?.words).toBe(go?.words?.startsWith('/') ? undefined : '17.1')
})

it('before there is a thread nothing points into one', () => {
  expect(read([]).every(({ go }) => go !== undefined && !('thread' in go))).toBe(true)
})

it('the words of every step are commands of Salvor', () => {
  const known = new Set(commandRegister.map(({ name }) => name))
  for (const { go } of read([])) {
    const command = go?.words?.split(' ')[1]
    if (command !== undefined) expect(known).toContain(command)
  }
})
