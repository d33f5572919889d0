import { LogLevel, WebClient } from '@slack/web-api'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createFaults } from '../../../../sandbox/slack/faults.ts'
import type { LocalSlack } from '../../../../sandbox/slack/index.ts'
import { listFaults, turnFault } from '../../../../sandbox/slack/page/fault-switches.ts'
import type { PageFault } from '../../../../sandbox/slack/page/wire.ts'
import type { Desk } from '../../../../sandbox/slack/people/desk.ts'
import { createState } from '../../../../sandbox/slack/state.ts'
import { readError, secrets, startWorkspace, workspace } from '../fixture.ts'

/** A desk with nothing but faults; `sockets` is how many connections the app has. */
function openDesk(sockets?: number) {
  const open = { sockets, cut: 0 }
  const faults = createFaults({
    cut: () => {
      open.cut += 1
    },
    disconnect: () => {
      open.sockets = 0
    },
  })
  const state = createState(workspace, Date.now)
  const desk = { state, faults, socketCount: () => open.sockets } as unknown as Desk
  const find = (name: PageFault['name']) => listFaults(desk).find((one) => one.name === name)
  return { desk, faults, open, find, isOn: (name: PageFault['name']) => find(name)?.on }
}

describe('a switch', () => {
  it('is off at first, whichever it is', () => {
    expect(listFaults(openDesk(2).desk).filter(({ on }) => on)).toEqual([])
  })

  it.each(['rate_limit', 'server_error', 'drop_answer', 'slow'] as const)(
    '%s is on until its last call was hit, and says how many are left',
    (name) => {
      const { desk, faults, isOn, find } = openDesk()
      turnFault(desk, name, true, { times: 2 })
      expect(find(name)?.meaning).toMatch(/2 left/)
      faults.takeFor('chat.update')
      expect(isOn(name)).toBe(true)
      faults.takeFor('chat.update')
      expect(isOn(name)).toBe(false)
    },
  )

  it.each(['rate_limit', 'server_error', 'drop_answer', 'slow', 'duplicates', 'outage'] as const)(
    '%s can be turned off again, alone',
    (name) => {
      const { desk, isOn } = openDesk()
      turnFault(desk, 'slow', true)
      turnFault(desk, name, true)
      expect(isOn(name)).toBe(true)
      turnFault(desk, name, false)
      expect(isOn(name)).toBe(false)
      expect(isOn('slow')).toBe(name !== 'slow')
    },
  )

  it('turned on twice counts from the beginning, not twice as far', () => {
    const { desk, find } = openDesk()
    turnFault(desk, 'server_error', true, { times: 3 })
    turnFault(desk, 'server_error', true, { times: 3 })
    expect(find('server_error')?.meaning).toMatch(/ 3 left/)
  })

  it.each([{ times: -1 }, { times: 'many' }, { seconds: Number.NaN }, null, 7])(
    'takes its own numbers instead of senseless ones (%j)',
    (options) => {
      const { desk, faults } = openDesk()
      turnFault(desk, 'rate_limit', true, options)
      expect(faults.takeFor('chat.update')).toEqual({ rateLimitSeconds: 3 })
    },
  )

  it('that does not exist is refused by name', () => {
    expect(() => turnFault(openDesk().desk, 'constructor', true)).toThrow(/no fault constructor/)
  })

  it('announces itself, so that every window shows it', () => {
    const { desk } = openDesk()
    const heard = vi.fn()
    desk.state.changes.on('change', heard)
    turnFault(desk, 'duplicates', true)
    expect(heard).toHaveBeenCalledOnce()
  })

  it('for disconnects is on until the app is back, and refused where the app has no connections', () => {
    const { desk, isOn, open } = openDesk(2)
    turnFault(desk, 'disconnect', true)
    expect(isOn('disconnect')).toBe(true)
    open.sockets = 1
    expect(isOn('disconnect')).toBe(false)
    expect(() => turnFault(openDesk().desk, 'disconnect', true)).toThrow(/over HTTP/)
  })
})

describe('an outage', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('ends by itself when asked to, and says when', () => {
    const { desk, find, isOn, open } = openDesk()
    turnFault(desk, 'outage', true, { seconds: 60 })
    expect(open.cut).toBe(1)
    expect(find('outage')?.until).toBe(Date.now() + 60_000)
    vi.advanceTimersByTime(59_000)
    expect(isOn('outage')).toBe(true)
    vi.advanceTimersByTime(1_000)
    expect(isOn('outage')).toBe(false)
  })

  it('stays until it is turned off otherwise; an earlier end does not count any more', () => {
    const { desk, find, isOn } = openDesk()
    turnFault(desk, 'outage', true, { seconds: 60 })
    turnFault(desk, 'outage', true)
    expect(find('outage')).not.toHaveProperty('until')
    vi.advanceTimersByTime(3_600_000)
    expect(isOn('outage')).toBe(true)
  })
})

describe('a workspace that begins anew', () => {
  let slack: LocalSlack
  beforeEach(async () => {
    slack = await startWorkspace()
  })
  afterEach(() => slack.close())

  it('has its people and channels, but nothing of what was said, and no fault', async () => {
    const options = { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 }, logLevel: LogLevel.ERROR }
    const client = new WebClient(secrets.botToken, options)
    await client.chat.postMessage({ channel: 'C0INC', text: 'hello <@U0BOB>' })
    await slack.as('alice').says('good night', { channel: 'incident' })
    expect(await readError(client.chat.postMessage({ channel: 'C0INC', text: '' }))).toBe('no_text')
    slack.faults.outage(true)
    slack.reset()
    expect(slack.messages('C0INC')).toEqual([])
    expect(slack.notifications('bob')).toEqual([])
    expect([slack.violations, slack.calls, slack.files()]).toEqual([[], [], []])
    await client.chat.postMessage({ channel: 'C0INC', text: 'once more' })
    expect(slack.messages('incident')).toHaveLength(1)
  })
})
