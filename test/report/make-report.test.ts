import { expect, test } from 'vitest'
import { chainEvents, restoreReport, tellNight } from '../support/fakes/journal.ts'
import { startTalk } from '../support/fakes/say.ts'
import { fakeIncident, fakeJobView } from '../support/fakes/views.ts'

const events = chainEvents(tellNight())
const head = { headNo: events.length, headHash: events.at(-1)?.hash ?? '' }
const jobs = [fakeJobView({ state: 'succeeded', outcome: restoreReport })]

test('a report is posted into the thread with its file, and journaled by digest and length', async () => {
  const talk = startTalk({ events, jobs, incidents: [fakeIncident({ ...head, state: 'recovered' })] })
  const answer = await talk.says('carol', 'report')
  if (answer.kind !== 'thread' || !answer.file) throw new Error('no report')
  expect(answer.file.text).toContain('17 events, chain whole')
  expect(answer.file.text).toContain('restore-1: 212 orders')
  const [call] = talk.engine.calls
  expect(call?.move).toBe('recordReport')
  expect(call?.args[2]).toEqual({
    sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    events: 17,
    bytes: Buffer.byteLength(answer.file.text),
  })
})

test('an event that was changed in the store is seen and said', async () => {
  const forged = events.map((event) => (event.no === 2 ? { ...event, actor: 'mallory' } : event))
  const talk = startTalk({ events: forged, jobs, incidents: [fakeIncident(head)] })
  expect(JSON.stringify(await talk.says('carol', 'report'))).toContain('chain BROKEN: event 2: its content was changed')
})

test('a cut tail is seen and said', async () => {
  const talk = startTalk({ events: events.slice(0, -1), jobs, incidents: [fakeIncident(head)] })
  expect(JSON.stringify(await talk.says('carol', 'report'))).toContain('chain BROKEN')
})

test('what is appended while the report is made belongs to the next one', async () => {
  const before = { headNo: 16, headHash: events[15]?.hash ?? '' }
  const talk = startTalk({ events, jobs, incidents: [fakeIncident(before)] })
  expect(JSON.stringify(await talk.says('carol', 'report'))).toContain('16 events, chain whole')
})
