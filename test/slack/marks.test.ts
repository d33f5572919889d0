import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Utterance } from '../../src/domain/person.ts'
import type { KeepRecord } from '../../src/engine/say/keep-record.ts'
import { readChange } from '../../src/slack/receive-marks.ts'
import { until } from '../support/until.ts'
import { tellStory } from './support/story.ts'
import { openWorkbench, type Workbench } from './support/workbench.ts'

let bench: Workbench
let kept: { what: string; said: Utterance; incident: number; of: unknown }[]
let answer: Awaited<ReturnType<KeepRecord['pin']>>

beforeEach(async () => {
  kept = []
  answer = { kind: 'quiet' }
  const keep = (what: string) => async (said: Utterance, incident: number, of: unknown) => {
    kept.push({ what, said, incident, of })
  }
  const record: KeepRecord = {
    pin: async (said, incident, of) => {
      await keep('pin')(said, incident, of)
      return answer
    },
    unpin: keep('unpin'),
    follow: keep('follow'),
  }
  bench = await openWorkbench('http', { record })
})

afterEach(() => bench.close())

const { root, openIncident } = tellStory(() => bench)

/** Alice says something in the incident's thread; answers where. */
async function sayInThread(text: string) {
  openIncident()
  const { ts } = await until('a root message', () => root())
  const said = await bench.slack.as('alice').says(text, { channel: 'inc', thread: ts })
  return { channel: 'inc', ts: said.ts ?? '' }
}

/** Whatever was told before a last reaction has been heard when that one has. */
async function settle() {
  const place = { channel: 'inc', ts: root()?.ts ?? '' }
  await bench.slack.as('dana').reacts('pushpin', place)
  await until('the last pin', () => kept.some(({ said }) => said.person.id === 'U0DANA'))
}

describe(':pushpin: on a message of the thread', () => {
  it('puts it on the record with its author, its words and its time', async () => {
    const place = await sayInThread('tills are down in <b> & two shops')
    await bench.slack.as('bob').reacts(':pushpin:', place)
    const [one] = await until('a pin', () => (kept.length > 0 ? kept : undefined))
    expect(one).toMatchObject({
      ...{ what: 'pin', incident: 7, said: { via: 'reaction', channel: 'C0INC', person: { id: 'bob' } } },
      of: { channel: 'C0INC', ts: place.ts, author: 'alice', text: 'tills are down in &lt;b&gt; &amp; two shops' },
    })
    expect(bench.slack.violations).toEqual([])
  })

  it('is heard once, however often Slack delivers it', async () => {
    const place = await sayInThread('one')
    bench.slack.faults.duplicateDeliveries(true)
    await bench.slack.as('bob').reacts('pushpin', place)
    bench.slack.faults.duplicateDeliveries(false)
    await settle()
    expect(kept.filter(({ said }) => said.person.id === 'bob')).toHaveLength(1)
  })

  it('counts in the thread alone, and other emoji nowhere', async () => {
    const place = await sayInThread('one')
    await bench.slack.as('bob').reacts('eyes', place)
    const beside = await bench.slack.as('alice').says('beside the thread', { channel: 'inc' })
    await bench.slack.as('bob').reacts('pushpin', { channel: 'inc', ts: beside.ts ?? '' })
    await settle()
    expect(kept.map(({ said }) => said.person.id)).toEqual(['U0DANA'])
  })

  it('is taken off when the last one is taken away', async () => {
    const place = await sayInThread('one')
    await bench.slack.as('bob').reacts('pushpin', place)
    await bench.slack.as('alice').reacts('pushpin', place)
    await bench.slack.as('bob').takesBack('pushpin', place)
    await settle()
    expect(kept.map(({ what }) => what)).toEqual(['pin', 'pin', 'pin'])
    await bench.slack.as('alice').takesBack('pushpin', place)
    const gone = await until('the end', () => kept.find(({ what }) => what === 'unpin'))
    expect(gone).toMatchObject({ of: place.ts, said: { person: { id: 'alice' } } })
    expect(kept.filter(({ what }) => what === 'unpin')).toHaveLength(1)
  })

  it('says privately why somebody may not', async () => {
    answer = { kind: 'private', card: { headline: 'No role', rows: [], buttons: [], fallback: 'No role' } }
    await bench.slack.as('bob').reacts('pushpin', await sayInThread('one'))
    await until('an answer', () => bench.slack.ephemerals('bob').find(({ text }) => text.includes('No role')))
  })
})

describe('what an author makes of a message', () => {
  it('is followed: changed words, and that it is gone', async () => {
    const place = await sayInThread('tils are down')
    await bench.slack.as('alice').edits(place, 'tills are down')
    await until('the change', () => kept.length === 1)
    await bench.slack.as('alice').deletes(place)
    await until('the end', () => kept.length === 2)
    expect(kept.map(({ what, of }) => [what, of])).toEqual([
      ['follow', { ts: place.ts, text: 'tills are down' }],
      ['follow', { ts: place.ts, text: null }],
    ])
    expect(bench.heard).toEqual([])
  })

  it.each([
    ['a new message', {}, undefined],
    ['a card', { subtype: 'message_changed', channel: 'C', message: { ts: '1.0', text: 'b', bot_id: 'B' } }, undefined],
    [
      'an unfurled link',
      {
        subtype: 'message_changed',
        channel: 'C',
        message: { ts: '1.0', text: 'b' },
        previous_message: { ts: '1.0', text: 'b' },
      },
      undefined,
    ],
    [
      'a root that left a tombstone',
      {
        ...{
          subtype: 'message_changed',
          channel: 'C',
          message: { ts: '1.0', text: 'gone', subtype: 'tombstone', user: 'USLACKBOT' },
        },
        previous_message: { ts: '1.0', text: 'a', user: 'U1' },
      },
      { user: 'USLACKBOT', channel: 'C', ts: '1.0', text: null },
    ],
    ['nonsense', { subtype: 'message_deleted', channel: 7 }, undefined],
  ])('of %s is read rightly', (_, event, change) => {
    expect(readChange(event as never)).toEqual(change)
  })
})
