import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createRecord } from '../../src/engine/say/keep-record.ts'
import { foldPins, isTold } from '../../src/report/fold-pins.ts'
import { createEngineWorld, type EngineWorld } from '../support/engine-world.ts'
import { startTalk } from '../support/fakes/say.ts'

const message = {
  channel: 'C1',
  ts: '1772334480.000100',
  author: 'dave',
  text: 'tills are down',
  saidAt: '2026-03-01T03:08:00.000Z',
}

describe('a message on the record', () => {
  let world: EngineWorld
  beforeEach(async () => {
    world = await createEngineWorld()
  })
  afterEach(() => world.close())

  const listEvents = () => world.deps.store.listEvents(1, 1, 100)

  it('is there once, changes with its author, and stays in the journal when it is taken off', async () => {
    const { engine, say } = world
    await engine.pinMessage(say('alice'), 1, message)
    await engine.pinMessage(say('bob'), 1, message)
    await engine.followMessage(say('dave'), 1, { ts: message.ts, text: 'tills are up' })
    await engine.followMessage(say('dave'), 1, { ts: message.ts, text: 'tills are up' })
    await engine.followMessage(say('dave'), 1, { ts: '9.9', text: 'never pinned' })
    const events = await listEvents()
    expect(events.map(({ type }) => type)).toEqual(['message_pinned', 'message_edited'])
    expect(foldPins(events).pinned).toEqual([{ at: message.saidAt, by: 'dave', text: 'tills are up', since: 'edited' }])
    await engine.unpinMessage(say('alice'), 1, message.ts)
    await engine.unpinMessage(say('bob'), 1, message.ts)
    const all = await listEvents()
    expect(all.map(({ type }) => type)).toEqual(['message_pinned', 'message_edited', 'message_unpinned'])
    const { pinned, hidden } = foldPins(all)
    expect(pinned).toEqual([])
    expect(all.filter((event) => isTold(event, hidden))).toEqual([])
  })

  it('that was deleted is told as such, and can be put there again only by a new reaction', async () => {
    const { engine, say } = world
    await engine.pinMessage(say('alice'), 1, message)
    await engine.followMessage(say('dave'), 1, { ts: message.ts, text: null })
    await engine.followMessage(say('dave'), 1, { ts: message.ts, text: 'again' })
    expect(foldPins(await listEvents()).pinned).toMatchObject([{ text: 'tills are down', since: 'deleted' }])
  })
})

describe('who keeps the record', () => {
  const said = {
    requestId: 'event:1',
    via: 'reaction',
    channel: 'C0INC',
    thread: '1.0',
    at: '2026-03-01T03:09:00Z',
  } as const
  const by = (id: string) => ({ ...said, person: { id, slack: null, os: null } })
  const redact = (text: string) => text.replaceAll('hunter2', '…')

  it('is whoever holds a role, and nothing secret gets on it', async () => {
    const talk = startTalk()
    const text = 'it is &lt;hunter2&gt; <@U0BOB>'
    expect(await createRecord(talk.deps, redact).pin(by('carol'), 7, { ...message, text })).toEqual({ kind: 'quiet' })
    expect(talk.engine.calls).toMatchObject([
      { move: 'pinMessage', args: [{}, 7, { author: 'dave', text: 'it is <…> @U0BOB' }] },
    ])
    await createRecord(talk.deps, redact).follow(by('dave'), 7, { ts: '1.0', text: 'hunter2' })
    expect(talk.engine.calls.at(-1)?.args[2]).toEqual({ ts: '1.0', text: '…' })
  })

  it('is nobody else, which is answered and journaled', async () => {
    const talk = startTalk()
    const answer = await createRecord(talk.deps, redact).pin(by('oscar'), 7, message)
    expect(answer).toMatchObject({ kind: 'private', refused: 'role_none' })
    expect(talk.moves()).toEqual(['recordRefusal'])
  })
})
