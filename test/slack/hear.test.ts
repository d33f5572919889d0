import { createHmac } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import { buildErrorCard } from '../../src/domain/cards/error-card.ts'
import { SalvorError } from '../../src/domain/errors/fail.ts'
import { until } from '../support/until.ts'
import { openWorkbench, signingSecret, type Workbench } from './support/workbench.ts'

let bench: Workbench
const card = buildErrorCard({ code: 'undo_nothing', facts: { job: 'restore-1' } })
const heardTexts = () => bench.heard.map(({ text }) => text)

afterEach(async () => {
  await bench.close()
})

describe.each(['http', 'socket'] as const)('hearing over %s', (mode) => {
  it('hears a slash command as its person and answers privately, with no violation of a rule', async () => {
    bench = await openWorkbench(mode)
    bench.answers(() => ({ kind: 'private', card }))
    const spoken = await bench.slack.as('alice').says('/recover restore orders-db', { channel: 'inc' })
    expect(spoken.status).toBe(200)
    await until('a private answer', () => bench.slack.ephemerals('alice').length === 1)
    expect(bench.heard[0]?.said).toMatchObject({
      person: { id: 'alice', slack: 'U0ALICE' },
      via: 'slash',
      channel: 'C0INC',
    })
    expect(heardTexts()).toEqual(['restore orders-db'])
    expect(bench.slack.violations).toEqual([])
  })

  it('hears a mention in a thread without the mention, and answers in that thread', async () => {
    bench = await openWorkbench(mode)
    bench.answers(() => ({ kind: 'private', card }))
    const root = await bench.slack.as('bob').says('it is broken', { channel: 'inc' })
    await bench.slack.as('dana').says('@salvor status', { channel: 'inc', thread: root.ts ?? '' })
    const answer = await until('an answer', () => bench.slack.ephemerals('dana')[0])
    expect(heardTexts()).toEqual(['status'])
    expect(bench.heard[0]?.said).toMatchObject({ person: { id: 'U0DANA' }, via: 'mention', thread: root.ts })
    expect(answer?.threadTs).toBe(root.ts)
  })

  it('starts nothing where it is no member, and says privately what to do', async () => {
    bench = await openWorkbench(mode)
    await bench.slack.as('alice').says('/recover open Orders lost', { channel: 'other' })
    const answer = await until('an answer', () => bench.slack.ephemerals('alice')[0])
    expect(JSON.stringify(answer)).toContain('/invite @salvor')
    expect(bench.heard).toEqual([])
  })

  it('hears a delivery that comes twice once', async () => {
    bench = await openWorkbench(mode)
    bench.slack.faults.duplicateDeliveries(true)
    await bench.slack.as('alice').says('/recover status', { channel: 'inc' })
    await bench.slack.as('alice').says('@salvor status', { channel: 'inc' })
    await until('both', () => bench.heard.length >= 2)
    await bench.stopBot()
    expect(bench.heard).toHaveLength(2)
  })

  it('acknowledges before the work is done, and finishes the work when it is stopped', async () => {
    bench = await openWorkbench(mode)
    let finished = false
    bench.answers(async () => {
      await new Promise((resolve) => setTimeout(resolve, 700))
      finished = true
      return { kind: 'quiet' }
    })
    const { ackMs } = await bench.slack.as('alice').says('/recover status', { channel: 'inc' })
    expect(ackMs).toBeLessThan(500)
    expect(finished).toBe(false)
    await bench.stopBot()
    expect(finished).toBe(true)
  })

  it('tells the asker alone what went wrong', async () => {
    bench = await openWorkbench(mode)
    bench.answers(() => {
      throw new SalvorError('role_none', { others: 'alice' })
    })
    await bench.slack.as('bob').says('/recover status', { channel: 'inc' })
    const answer = await until('an answer', () => bench.slack.ephemerals('bob')[0])
    expect(JSON.stringify(answer)).toContain('You hold no role')
    expect(bench.slack.messages('inc')).toEqual([])
  })
})

describe('buttons of private answers', () => {
  it('start nothing in a channel where the bot is no member', async () => {
    bench = await openWorkbench('http')
    const restore = { verb: 'Restore' as const, rest: 'd-0130', command: 'restore orders-db --backup d-0130' }
    bench.answers(() => ({ kind: 'private', card: { ...card, buttons: [restore] } }))
    await bench.slack.as('alice').says('/recover backups orders-db', { channel: 'other' })
    await bench.slack.as('alice').presses('Restore')
    await until('a refusal', () => JSON.stringify(bench.slack.ephemerals('alice')).includes('/invite @salvor'))
    expect(heardTexts()).toEqual(['backups orders-db'])
  })
})

describe('requests that are not what they seem', () => {
  const body = 'command=%2Frecover&text=status&user_id=U0ALICE&channel_id=C0INC&trigger_id=1.2.x&response_url='
  const send = (timestamp: number, secret = signingSecret) => {
    const hash = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')
    return fetch(`http://127.0.0.1:${bench.edge().port()}/slack/events`, {
      method: 'POST',
      body,
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'x-slack-request-timestamp': String(timestamp),
        'x-slack-signature': `v0=${hash}`,
      },
    })
  }
  const now = () => Math.floor(Date.now() / 1000)

  it('refuses a forged, an old and a future-dated request', async () => {
    bench = await openWorkbench('http')
    expect((await send(now(), 'another secret')).status).toBe(401)
    expect((await send(now() - 301)).status).toBe(401)
    expect((await send(now() + 61)).status).toBe(401)
    expect((await send(now() + 315_360_000)).status).toBe(401)
    expect(bench.heard).toEqual([])
  })

  it('answers a byte-identical replay with 200 and without effect, after a restart too', async () => {
    bench = await openWorkbench('http')
    const timestamp = now()
    expect((await send(timestamp)).status).toBe(200)
    expect((await send(timestamp)).status).toBe(200)
    await bench.restartBot()
    expect((await send(timestamp)).status).toBe(200)
    await bench.stopBot()
    expect(bench.heard).toHaveLength(1)
  })
})

describe('routes beside Slack', () => {
  it.each(['http', 'socket'] as const)('are served over %s, and nothing else is', async (mode) => {
    const handler = (_: unknown, response: { end(text: string): void }) => response.end('alive')
    bench = await openWorkbench(mode, { routes: [{ path: '/healthz', method: 'GET', handler }] })
    const at = (path: string) => fetch(`http://127.0.0.1:${bench.edge().port()}${path}`)
    expect(await (await at('/healthz')).text()).toBe('alive')
    expect((await at('/other')).status).toBe(404)
  })
})

describe('sockets', () => {
  it('loses no command while Slack refreshes the connections', async () => {
    bench = await openWorkbench('socket')
    await until('two sockets', () => bench.slack.socketCount() === 2)
    let sent = 0
    for (let round = 0; round < 3; round += 1) {
      bench.slack.faults.disconnectSockets('refresh_requested')
      await until('a socket', () => bench.slack.socketCount() > 0)
      for (let index = 0; index < 5; index += 1) {
        await bench.slack.as('alice').says(`/recover status ${sent}`, { channel: 'inc' })
        sent += 1
      }
    }
    await until('all', () => bench.heard.length === sent)
    await until('two sockets again', () => bench.slack.socketCount() === 2)
  })

  it('comes back after an outage of Slack', async () => {
    bench = await openWorkbench('socket')
    bench.slack.faults.outage(true)
    await until('no socket', () => bench.slack.socketCount() === 0)
    await new Promise((resolve) => setTimeout(resolve, 1500))
    bench.slack.faults.outage(false)
    await until('two sockets again', () => bench.slack.socketCount() === 2, 15_000)
    await bench.slack.as('alice').says('/recover status', { channel: 'inc' })
    await until('words', () => bench.heard.length === 1)
  })
})
