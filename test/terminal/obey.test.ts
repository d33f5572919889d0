import { describe, expect, test } from 'vitest'
import type { Approval } from '../../src/domain/approval.ts'
import { shortCode } from '../../src/domain/digest.ts'
import { SalvorError } from '../../src/domain/errors/fail.ts'
import type { Event } from '../../src/domain/events.ts'
import type { Incident } from '../../src/domain/incident.ts'
import type { ThreadAnswer } from '../../src/ports/outbox.ts'
import type { TerminalDocument } from '../../src/terminal/documents.ts'
import { type ObeyDeps, obey } from '../../src/terminal/obey.ts'
import { readOptions } from '../../src/terminal/options.ts'
import { makeApproval } from '../slack/support/world.ts'
import { fakePlan } from '../support/fakes/plan.ts'
import { startTalk } from '../support/fakes/say.ts'
import { fakeIncident, fakeJobView } from '../support/fakes/views.ts'

const plan = fakePlan({ people: { alice: { os: 'al' }, bob: { slack: 'U0BOB', os: 'bob' } } })
const accounts = { al: { uid: 1000, name: 'al', sudo: false }, bob: { uid: 1001, name: 'bob', sudo: false } }

/** Somebody at a terminal, with one incident open; `approval` waits for a decision. */
function sitDown(
  of: { approval?: Partial<Approval>; reply?: string | null; incidents?: Incident[]; failWith?: Error } = {},
) {
  const job = { ...fakeJobView({ state: 'awaiting_approval' }), approvals: [makeApproval({ ...of.approval })] }
  const { incidents = [fakeIncident()], failWith } = of
  const talk = startTalk({ plan, incidents, jobs: [job], channel: null, ...(failWith ? { failWith } : {}) })
  const used: string[] = []
  const put: ThreadAnswer[] = []
  const shown: string[] = []
  const asked: string[] = []
  const told: TerminalDocument[] = []
  const deps: ObeyDeps = {
    say: talk.deps,
    describeEvent: (event: Event) => event.type,
    factor: {
      use: async (person, code) => {
        used.push(`${person} ${code}`)
        if (code !== '123456') throw new SalvorError('totp_wrong', { left: 4 })
      },
    },
    outbox: { put: async (answer) => void put.push(answer), listDue: async () => [], markTold: async () => {} },
    shown: { record: async (approval, person) => void shown.push(`${approval} ${person}`) },
  }
  const type = (account: keyof typeof accounts | 'root', line: string) =>
    obey(deps, {
      user: account === 'root' ? { uid: 0, name: 'root', sudo: false } : accounts[account],
      options: readOptions(line.split(' ')),
      live: false,
      signal: AbortSignal.timeout(5_000),
      tell: (document) => void told.push(document),
      ask: async (card, person) => {
        asked.push(`${person}: ${card?.headline}`)
        return of.reply ?? null
      },
    })
  const last = () => told.at(-1)
  const refusals = () => told.flatMap((one) => (one.type === 'answer' && one.refused ? [one.refused] : []))
  return { type, talk, used, put, asked, shown, told, last, refusals }
}

describe('words at a terminal', () => {
  test('begin with whose they are, and end with an exit code', async () => {
    const { type, told } = sitDown()
    expect(await type('al', 'status')).toBe(0)
    expect(told.map((one) => one.type)).toEqual(['start', 'answer', 'end'])
    expect(told[0]).toEqual({ type: 'start', person: 'alice', timezone: 'Asia/Seoul' })
    expect(told.at(-1)).toEqual({ type: 'end', exit: 0, jobs: [] })
  })

  test.each([
    ['restoer orders-db', 2, 'command_unknown'],
    ['restore nothing', 2, 'system_unknown'],
    ['restore orders-db --loud', 2, 'command_usage'],
    ['approve restore-9', 1, 'job_unknown'],
    ['status --incident 99', 1, 'incident_unknown'],
  ])('that are wrong (%s) end with %i', async (line, exit, code) => {
    const { type, refusals } = sitDown()
    expect(await type('al', line)).toBe(exit)
    expect(refusals()).toEqual([code])
  })

  test('of nobody start nothing, and that they were said is journaled without a person', async () => {
    const { type, talk, refusals } = sitDown()
    expect(await type('root', 'restore orders-db')).toBe(1)
    expect(refusals()).toEqual(['terminal_account'])
    expect(talk.moves()).toEqual(['recordRefusal'])
    expect(talk.engine.calls[0]?.args[0]).toMatchObject({ person: { id: 'os:root' }, via: 'terminal' })
  })

  test('mean the incident that was closed last, where none is open and the command can', async () => {
    const closed = [6, 8, 7].map((number) => fakeIncident({ number, state: 'closed', channel: `C${number}` }))
    const { type, talk } = sitDown({ incidents: closed })
    expect(await type('al', 'reopen')).toBe(0)
    expect(talk.engine.calls.map(({ move, args }) => [move, args[1]])).toEqual([['reopenIncident', 8]])
  })

  test('that fail for a reason nobody knows give nothing of it away', async () => {
    const { type, told } = sitDown({ failWith: new Error('password=hunter22') })
    expect(await type('al', 'note all is well')).toBe(1)
    expect(JSON.stringify(told)).not.toContain('hunter22')
    expect(told.at(-1)).toMatchObject({ type: 'end', exit: 1 })
  })

  test('that answer everybody wait for the thread, behind the incident’s last event', async () => {
    const { type, put } = sitDown({ incidents: [fakeIncident({ headNo: 4 })] })
    expect(await type('al', 'report')).toBe(0)
    expect(put).toMatchObject([{ incident: 7, afterNo: 4, file: { name: 'incident-7.md' } }])
    expect(put[0]?.request).toMatch(/^terminal:/)
  })

  test('come from the same person as in Slack', async () => {
    const { type, talk } = sitDown()
    await type('bob', 'note all is well')
    expect(talk.engine.calls[0]?.args[0]).toMatchObject({
      person: { id: 'bob', slack: 'U0BOB', os: 'bob' },
      via: 'terminal',
      channel: null,
    })
  })

  test('have a request id of their own each time: the same words twice are two requests', async () => {
    const { type, talk } = sitDown()
    await type('al', 'note one')
    await type('al', 'note one')
    const ids = talk.engine.calls.map(({ args }) => (args[0] as { requestId: string }).requestId)
    expect(new Set(ids).size).toBe(2)
  })
})

describe('words that begin nothing', () => {
  test('can watch the whole incident: every event of everybody, until it is closed', async () => {
    const incident = { ...fakeIncident({ headNo: 1 }) }
    const { type, talk, told } = sitDown({ incidents: [incident] })
    const happened = ['note_added', 'job_requested', 'incident_closed'].map((event, index) => {
      return { incident: 7, no: index + 1, type: event, job: index === 1 ? 'restore-1' : null, actor: 'dana', data: {} }
    })
    talk.deps.store.listEvents = async (_incident, after) =>
      happened.filter(({ no }) => no > after) as unknown as Event[]
    setTimeout(() => Object.assign(incident, { state: 'closed' }), 100)
    expect(await type('al', 'status --follow')).toBe(0)
    expect(told.flatMap((one) => (one.type === 'event' ? [one.event] : []))).toEqual([
      'job_requested',
      'incident_closed',
    ])
    expect(told.at(-1)).toEqual({ type: 'end', exit: 0, jobs: [{ job: '#7', state: 'closed' }] })
  })

  test('show nothing of an incident to people without a role', async () => {
    const { type, talk, told } = sitDown()
    talk.deps.roles.holds = async () => false
    expect(await type('al', 'help --follow')).toBe(0)
    expect(told.at(-1)).toEqual({ type: 'end', exit: 0, jobs: [] })
  })

  test('watch nothing where no incident is meant', async () => {
    const { type, told } = sitDown({ incidents: [] })
    expect(await type('al', 'incidents --follow')).toBe(0)
    expect(told.at(-1)).toEqual({ type: 'end', exit: 0, jobs: [] })
  })
})

describe('a decision at a terminal', () => {
  const code = shortCode(makeApproval().digest)
  const { id } = makeApproval()

  test.each([`approve restore-1 ${code}`, `reject restore-1 ${code} --reason wrong`])(
    '%s takes the code of that person',
    async (line) => {
      const { type, talk, used, told } = sitDown()
      expect(await type('bob', `${line} --code 123456`)).toBe(0)
      expect(used).toEqual(['bob 123456'])
      expect(told).toContainEqual(expect.objectContaining({ type: 'card', live: false }))
      expect(talk.engine.calls[0]?.args[1]).toMatchObject({ job: 'restore-1', code })
      expect(talk.engine.calls[0]?.args[1]).not.toHaveProperty('digest')
      expect(talk.moves()).toEqual([line.split(' ')[0]])
      expect(JSON.stringify(talk.engine.calls)).not.toContain('123456')
    },
  )

  test.each([
    ['--code 000000', 'totp_wrong'],
    ['', 'totp_wanted'],
  ])('with the one-time code «%s» decides nothing', async (more, refused) => {
    const { type, talk, refusals } = sitDown()
    expect(await type('bob', `approve restore-1 ${code} ${more}`.trim())).toBe(1)
    expect(refusals()).toEqual([refused])
    expect(talk.moves()).toEqual(['recordRefusal'])
  })

  test.each([
    'approve restore-1',
    'approve restore-1 --code 123456',
    'reject restore-1 --reason wrong --code 123456',
    'approve restore-1 --emergency --reason alone --code 123456',
  ])('without the code of the card (%s) is handed on as such: the card is shown, no code is used up', async (line) => {
    const { type, talk, used, asked, told, shown } = sitDown({ reply: '123456' })
    await type('bob', line)
    expect([used, asked]).toEqual([[], []])
    const of = talk.engine.calls[0]?.args[1]
    expect(of).toMatchObject({ job: 'restore-1' })
    for (const name of ['digest', 'code', 'factor']) expect(of).not.toHaveProperty(name)
    expect(told.filter((one) => one.type === 'card')).toHaveLength(1)
    expect(shown).toContain(`${id} bob`)
  })

  test('counts as said once the card was read and the code typed, not before', async () => {
    const { type, talk, shown } = sitDown({ reply: '123456' })
    let now = Date.parse('2026-03-01T00:00:00Z')
    talk.deps.clock.now = () => {
      now += 1000
      return new Date(now)
    }
    await type('bob', `approve restore-1 ${code}`)
    await type('bob', `approve restore-1 ${code} --code 123456`)
    const [asked, brought] = talk.engine.calls.map(({ args }) => args[0] as { requestId: string; at: string })
    expect(shown).toContain(`${id} bob`)
    expect(Date.parse(asked?.at ?? '') - Date.parse('2026-03-01T00:00:00Z')).toBeGreaterThan(2000)
    expect(brought?.at).not.toBe(asked?.at)
  })

  test('by somebody without the right takes no code', async () => {
    const { used, talk, refusals, type } = sitDown()
    talk.deps.roles.holds = async () => false
    expect(await type('bob', 'approve restore-1 --code 123456')).toBe(1)
    expect(refusals()).toEqual(['role_none'])
    expect(used).toEqual([])
  })
})
