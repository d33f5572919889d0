import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findFreePort } from '../../sandbox/bootstrap/index.ts'
import { channel, openNight, type TestNight } from '../support/night.ts'
import { until } from '../support/until.ts'
import { command, countStarted, hearRefusal, readRefusals } from './hear-refusal.ts'

const elsewhere = 'C0ELSE'
let night: TestNight

beforeAll(async () => {
  night = await openNight({ scale: 0.002 })
  await night.start('serve')
})

afterAll(() => night.close())

function refused(person: string, code: string, words: string, where = channel) {
  return hearRefusal(night, person, code, () => command(night, person, words, where))
}

function inThread(person: string, words: string) {
  return night.slack.as(person).says(words, { channel, thread: night.rootTs() })
}

describe('before an incident is open', () => {
  it('says that none is open and how to open one', async () => {
    const { answer, incident } = await refused('alice', 'incident_none', 'restore orders-db')
    expect(answer).toMatch(/No incident is open here/)
    expect(answer).toMatch(/open <what happened>|open &lt;what happened&gt;/)
    expect(incident).toBe(0)
  })

  it('lets nobody without a role open one, and names who can', async () => {
    const { answer } = await refused('oscar', 'role_none', 'open I was here')
    expect(answer).toMatch(/no role in the recovery plan/)
    expect(answer).toMatch(/@?alice|U0ALICE/)
  })

  it('starts nothing where the bot is not a member, and says how to invite it', async () => {
    for (const words of ['open Orders lost', 'restore orders-db', 'note hello']) {
      const { answer, incident } = await refused('alice', 'not_a_member', words, elsewhere)
      expect(answer).toMatch(/not a member of this channel, so I started nothing/)
      expect(answer).toMatch(/\/invite @salvor/)
      expect(incident).toBe(0)
    }
    expect(await countStarted(night)).toEqual({ incidents: 0, jobs: 0 })
  })
})

describe('in an incident', () => {
  it('opens once, with the words of a phone, although the command is delivered twice', async () => {
    const { slack } = night
    slack.faults.duplicateDeliveries(true)
    await command(night, 'alice', 'Open Orders lost  after “cut-over” —Severity 1')
    slack.faults.duplicateDeliveries(false)
    const root = await slack.waitFor('a root message', () => slack.messages(channel).find((one) => one.byBot))
    expect(root.text).toMatch(/#1 Orders lost after "cut-over"/)
    await until('the second delivery to be told apart', async () => (await countStarted(night)).incidents === 1)
    expect(slack.messages(channel).filter((one) => one.byBot)).toHaveLength(1)
    expect(await readRefusals(night)).not.toContainEqual(expect.objectContaining({ code: 'incident_open_already' }))
  })

  it('refuses a second incident in the channel and names the first', async () => {
    const { answer } = await refused('bob', 'incident_open_already', 'open Another one')
    expect(answer).toMatch(/Incident #1 is already open in this channel/)
    expect(answer).toMatch(/close/)
  })

  it.each([
    ['restor orders-db', 'command_unknown', [/do not know .*restor/, /Did you mean/, /restore orders-db/]],
    ['restore order-db', 'system_unknown', [/no system .*order-db/, /Did you mean orders-db/]],
    ['restart orders-db', 'system_kind', [/orders-db is a database/, /orders-api/]],
    ['restore orders-db --bakup latest', 'command_usage', [/no --bakup; the nearest is --backup/, /Usage: /]],
    ['restore orders-db --backup', 'command_usage', [/--backup needs a value/, /Usage: /]],
    ['restore orders-db now please', 'command_usage', [/do not know what .*now please/, /Usage: /]],
    ['restore orders-db --tables a,b', 'command_usage', [/--tables is not supported yet/]],
    ['restore orders-db --backup ../../etc/passwd', 'command_usage', [/an id as .*backups.* lists them/]],
    ['open', 'incident_open_already|command_usage', [/open needs <title>|open needs &lt;title&gt;/, /Usage: /]],
    ['status --incident 99', 'incident_unknown', [/no incident #99/, /incidents/]],
    ['stop restore-9', 'job_unknown', [/no job .*restore-9/, /status/]],
    ['approve restore-9', 'job_unknown', [/no job .*restore-9/]],
    ['note', 'command_usage', [/note needs/, /Usage: /]],
  ])('answers only the asker to «%s»', async (words, codes, seen) => {
    const code = codes.split('|').at(-1) ?? ''
    const { answer, incident } = await refused('alice', code, words)
    for (const pattern of seen) expect(answer).toMatch(pattern)
    expect(incident).toBe(words.includes('99') ? 0 : 1)
    expect(await countStarted(night)).toEqual({ incidents: 1, jobs: 0 })
  })

  it('answers a mention in the thread there, and only to the asker', async () => {
    const { answer } = await hearRefusal(night, 'alice', 'command_unknown', () =>
      inThread('alice', '@salvor retsore orders-db'),
    )
    expect(answer).toMatch(/Did you mean/)
    expect(night.slack.ephemerals('alice').at(-1)?.threadTs).toBe(night.rootTs())
  })

  it('refuses a restore to people without a role and to those with another one, naming who could', async () => {
    const outsider = await refused('erin', 'role_none', 'restore orders-db')
    expect(outsider.answer).toMatch(/no role in the recovery plan/)
    const tester = await refused('dave', 'role_missing', 'restore orders-db')
    expect(tester.answer).toMatch(/role that may restore orders-db/)
    expect(tester.answer).toMatch(/U0ALICE|alice/)
    expect(tester.answer).toMatch(/U0BOB|bob/)
    expect(await countStarted(night)).toEqual({ incidents: 1, jobs: 0 })
  })

  it('shows people without a role nothing but help', async () => {
    await command(night, 'oscar', 'help')
    const help = await night.slack.waitFor('help for oscar', () =>
      night.slack.ephemerals('oscar').findLast((one) => /What you may run/.test(one.text)),
    )
    expect(JSON.stringify(help.blocks)).not.toMatch(/restore/)
  })
})

describe('a request that Slack did not send so', () => {
  const now = () => Math.floor(Date.now() / 1000)
  const body = (text: string) =>
    new URLSearchParams({
      token: 'x',
      team_id: 'T0SANDBOX',
      channel_id: channel,
      channel_name: 'incident-orders',
      user_id: 'U0ALICE',
      user_name: 'alice',
      command: '/recover',
      text,
      api_app_id: 'A0SALVOR',
      response_url: `${night.slack.url}/nowhere`,
      trigger_id: `${text.length}.${Math.random()}`,
    }).toString()
  const notes = async () =>
    (
      await night.query<{ text: string }>(`SELECT data->>'text' AS text FROM salvor.events WHERE type = 'note_added'`)
    ).map((row) => row.text)
  const journaled = (code: string) =>
    until(`${code} in the journal system`, async () =>
      (await readRefusals(night)).find((one) => one.incident === 0 && one.code === code),
    )

  it('is refused with a forged or a missing signature, and the journal system says so', async () => {
    for (const signature of [`v0=${'0'.repeat(64)}`, null]) {
      expect((await night.slack.raw.send({ body: body('note forged'), signature })).status).toBe(401)
    }
    expect(await journaled('slack_forged')).toMatchObject({ actor: 'salvor' })
  })

  it.each([
    ['an hour', 3600],
    ['ten years', 10 * 365 * 86_400],
  ])('is refused when dated %s ahead, although its signature is right', async (_words, ahead) => {
    expect((await night.slack.raw.send({ body: body('note from the future'), timestamp: now() + ahead })).status).toBe(
      401,
    )
    expect(await journaled('slack_future')).toMatchObject({ actor: 'salvor' })
  })

  it('is refused when it is older than five minutes', async () => {
    expect((await night.slack.raw.send({ body: body('note of old'), timestamp: now() - 301 })).status).toBe(401)
    expect(await journaled('slack_replayed')).toBeDefined()
  })

  it('has one effect when it is replayed byte by byte, even by way of another process', async () => {
    const request = { body: body('note replayed'), timestamp: now() }
    expect((await night.slack.raw.send(request)).status).toBe(200)
    await until('the note', async () => (await notes()).includes('replayed'))
    expect((await night.slack.raw.send(request)).status).toBe(200)
    const port = await findFreePort()
    const other = await night.start('bot', { PORT: String(port) })
    const path = `http://127.0.0.1:${port}/slack/events`
    expect((await night.slack.raw.send({ ...request, path })).status).toBe(200)
    other.kill('SIGTERM')
    await other.ended
    expect(await notes()).toEqual(['replayed'])
  })
})

describe('while a restore waits for its approval', () => {
  it('takes what a phone made of the words, delivered twice, as one restore', async () => {
    const { slack } = night
    slack.faults.duplicateDeliveries(true)
    await command(night, 'alice', 'Restore Orders-DB —backup “Latest”')
    slack.faults.duplicateDeliveries(false)
    await expect.poll(() => night.jobState('restore-1'), { timeout: 60_000 }).toBe('awaiting_approval')
    await slack.waitFor('an approval card', () =>
      slack.thread(channel, night.rootTs()).find((one) => /Approve/.test(one.text)),
    )
    expect((await countStarted(night)).jobs).toBe(1)
  })

  it('refuses a second restore of the same database and names who holds it', async () => {
    const { answer } = await refused('bob', 'lock_held', 'restore orders-db')
    expect(answer).toMatch(/locked by restore-1/)
    expect(answer).toMatch(/alice/)
    expect(answer).toMatch(/stop restore-1/)
    expect((await countStarted(night)).jobs).toBe(1)
  })

  it('lets neither the requester nor people without the role approve, by words or by button', async () => {
    const own = await refused('alice', 'approval_own', 'approve restore-1')
    expect(own.answer).toMatch(/You asked for restore-1, so you cannot approve it/)
    expect(own.answer).toMatch(/U0BOB|bob/)
    await hearRefusal(night, 'alice', 'approval_own', () => night.slack.as('alice').presses('Approve', { channel }))
    // Without a role: answered each time, but within a minute the journal has one event and a count.
    const answered = night.slack.ephemerals('oscar').length
    await night.slack.as('oscar').presses('Approve', { channel })
    const outsider = await night.slack.waitFor('the answer', () => night.slack.ephemerals('oscar').at(answered))
    expect(`${outsider.text} ${JSON.stringify(outsider.blocks)}`).toMatch(/no role in the recovery plan/)
    const tester = await refused('dave', 'role_missing', 'approve restore-1')
    expect(tester.answer).toMatch(/U0BOB|bob/)
    const stale = await refused('bob', 'approval_code_wrong', 'approve restore-1 000000')
    expect(stale.answer).toMatch(/4 more wrong ones/)
    await refused('bob', 'approval_code', 'approve restore-1')
    await refused('bob', 'approval_code', 'reject restore-1 --reason no')
    expect(await night.jobState('restore-1')).toBe('awaiting_approval')
  })

  it('moves nothing for words said in the channel of another incident, and says where they belong', async () => {
    const { slack } = night
    await command(night, 'alice', 'open Stock lost', 'C0OPS')
    await slack.waitFor('its root', () => slack.messages('C0OPS').find((one) => one.byBot))
    const code = await night.cardCode('restore-1')
    for (const [person, words] of [
      ['alice', 'stop restore-1'],
      ['alice', 'undo restore-1'],
      ['bob', `approve restore-1 ${code}`],
      ['bob', `reject restore-1 ${code} --reason no`],
    ] as const) {
      const { answer, incident } = await refused(person, 'job_elsewhere', words, 'C0OPS')
      expect(answer).toMatch(/incident #1 \(Orders lost/)
      expect(answer).toContain(`<#${channel}>`)
      expect(incident).toBe(2)
    }
    expect(await night.jobState('restore-1')).toBe('awaiting_approval')
  })

  it('delivers an approval anew whose card was deleted, and takes no words until it has', async () => {
    const { slack } = night
    const askedCards = () => slack.thread(channel, night.rootTs()).filter((one) => /Approve/.test(one.text))
    const [card] = askedCards()
    await slack.as('carol').deletes({ channel, ts: card?.ts ?? '' })
    const anew = await slack.waitFor('the card again', () => askedCards()[0])
    expect(anew.ts).not.toBe(card?.ts)
    await hearRefusal(night, 'alice', 'approval_own', () => slack.as('alice').presses('Approve', { message: anew.ts }))
    expect(askedCards()).toHaveLength(1)
  })

  it('takes no rejection without a reason', async () => {
    const { answer } = await refused('bob', 'approval_reason', 'reject restore-1')
    expect(answer).toMatch(/reject restore-1 --reason/)
    expect(await night.jobState('restore-1')).toBe('awaiting_approval')
  })

  it('refuses to close, retry, undo or reopen what is not in such a state', async () => {
    expect((await refused('alice', 'incident_jobs_active', 'close')).answer).toMatch(/restore-1 at work/)
    expect((await refused('alice', 'move_illegal', 'resume restore-1')).answer).toMatch(/cannot be resumed/)
    await refused('alice', 'undo_early', 'undo restore-1')
    await refused('alice', 'move_illegal', 'reopen')
  })

  it('leaves live alone, drops the side database on stop, and breaks no rule of Slack', async () => {
    await command(night, 'bob', `reject restore-1 ${await night.cardCode('restore-1')} --reason —wrong “backup”`)
    await expect.poll(() => night.jobState('restore-1')).toBe('rejected')
    await command(night, 'alice', 'Stop Restore 1')
    await expect.poll(() => night.databases(), { timeout: 20_000 }).toEqual([night.database])
    await command(night, 'alice', 'restore orders-db --backup d-19990101-000000')
    await expect.poll(() => night.jobState('restore-2'), { timeout: 20_000 }).toBe('failed')
    await night.slack.waitFor('words on the unknown backup', () =>
      /There is no backup .{0,3}d-19990101-000000/.test(night.threadText()),
    )
    expect(night.threadText()).toMatch(/Did you mean/)
    expect(await night.databases()).toEqual([night.database])
    expect(night.slack.violations).toEqual([])
  })
})
