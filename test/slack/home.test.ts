import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SalvorError } from '../../src/domain/errors/fail.ts'
import { buildAnswerToError } from '../../src/engine/say/answer-error.ts'
import { fakeRunStep, fakeRunView } from '../support/fakes/views.ts'
import { until } from '../support/until.ts'
import { homePlan, readHomesOf } from './support/home-world.ts'
import { tellStory } from './support/story.ts'
import { openWorkbench, type Workbench } from './support/workbench.ts'
import { digest, makeApproval } from './support/world.ts'

let bench: Workbench
let plan = homePlan()

beforeEach(async () => {
  plan = homePlan()
  bench = await openWorkbench('http', {
    readHome: readHomesOf(
      () => bench.world,
      () => plan,
    ),
  })
})

afterEach(async () => {
  expect(bench.slack.violations).toEqual([])
  await bench.close()
})

const { nudge, openIncident, startJob, askAndWait, thread } = tellStory(() => bench)

const home = (user: string) => JSON.stringify(bench.slack.as(user).home()?.view.blocks ?? '')
const buttons = (user: string) =>
  home(user)
    .match(/"action_id":"salvor:\w+/g)
    ?.map((id) => id.split(':').pop()) ?? []

async function opens(user: string, shows: string | RegExp): Promise<string> {
  await bench.slack.as(user).opensHome()
  return until(`the Home of ${user}`, () => home(user).match(shows) && home(user))
}

/** Says about an approval what the engine would: the first press counts. */
function decideAsTheEngine() {
  bench.answers(({ said }) => {
    const approval = bench.world.jobs.get('restore-1')?.approvals[0]
    if (approval?.state !== 'asked')
      return { kind: 'private', card: buildAnswerToError(new SalvorError('approval_ended', { state: 'approved' })) }
    const decisions = [{ person: said.person.id, decision: 'approve' as const, reason: null, at: said.at }]
    const granted = makeApproval({ state: 'granted', grantedAt: said.at, runBy: approval.approveBy, decisions })
    bench.world.change('restore-1', { job: { state: 'running' }, approvals: [granted] })
    const by = { approval: 'a1', decision: 'approve' as const, reason: null, code: '4f1c' }
    bench.world.happens('approval_decided', by, 'restore-1', said.person.id)
    bench.world.happens('approval_granted', { approval: 'a1', code: '4f1c', runBy: '' }, 'restore-1', said.person.id)
    nudge()
    return { kind: 'quiet' }
  })
}

describe('the Home tab', () => {
  it('shows an approver what waits, and settles every copy when it is approved there', async () => {
    decideAsTheEngine()
    await askAndWait()
    await opens('bob', 'Approve the switch of orders-db')
    expect(buttons('bob')).toEqual(['approve', 'reject', 'details'])
    await bench.slack.as('bob').presses('Approve')
    await until('a settled Home', () => home('bob').includes('Nothing waits for you'))
    const copies = () => [
      ...bench.slack.directMessages('bob'),
      ...bench.slack.directMessages('dana'),
      ...thread().filter(({ text }) => /switch of orders-db/.test(text)),
    ]
    await until(
      'settled copies',
      () => !copies().some(({ blocks }) => JSON.stringify(blocks).includes('salvor:approve')),
    )
    expect(copies()).toHaveLength(3)
    expect(bench.heard[0]).toMatchObject({ text: 'approve restore-1', button: { approval: { id: 'a1', digest } } })
    expect(bench.heard[0]?.said).toMatchObject({ via: 'button', channel: null, person: { id: 'bob' } })
  })

  it('says on itself that somebody was faster', async () => {
    decideAsTheEngine()
    await askAndWait()
    await opens('bob', 'Approve the switch')
    await bench.slack.as('bob').pressesRepeatedly('Approve', 2)
    await until('an answer', () => home('bob').includes('What you pressed'))
    expect(home('bob')).toMatch(/approved/)
    expect(buttons('bob')).toEqual([])
    await bench.slack.as('bob').opensHome()
    await until('no answer any more', () => !home('bob').includes('What you pressed'))
  })

  it('asks there why something is rejected, and answers there', async () => {
    bench.answers(() => ({
      kind: 'private',
      card: buildAnswerToError(new SalvorError('approval_ended', { state: 'used' })),
    }))
    await askAndWait()
    await opens('bob', 'Approve the switch')
    await bench.slack.as('bob').presses('Reject')
    await until('a modal', () => bench.slack.as('bob').modal())
    await bench.slack.as('bob').submits({ reason: 'wrong backup' })
    await until('an answer', () => home('bob').includes('What you pressed'))
    expect(bench.heard[0]).toMatchObject({ text: 'reject restore-1 --reason wrong backup', said: { channel: null } })
  })

  it('shows all that an approval binds', async () => {
    await askAndWait()
    await opens('bob', 'Approve the switch')
    await bench.slack.as('bob').presses('Details')
    await until('details', () => JSON.stringify(bench.slack.as('bob').modal()?.view ?? '').includes(digest))
  })

  it('is made new by a press after the bot was started again', async () => {
    decideAsTheEngine()
    await askAndWait()
    await opens('bob', 'Approve the switch')
    await bench.restartBot()
    await bench.slack.as('bob').presses('Approve')
    await until('a settled Home', () => home('bob').includes('Nothing waits for you'))
  })

  it('offers nothing to decide to the one who asked', async () => {
    await askAndWait()
    await opens('alice', 'Nothing waits for you')
    expect(buttons('alice')).toEqual([])
    expect(home('alice')).toContain('restore-1')
  })

  it('loses an approval that ran out', async () => {
    await askAndWait()
    await opens('bob', 'Approve the switch')
    bench.world.change('restore-1', { approvals: [makeApproval({ state: 'expired' })] })
    bench.world.happens('approval_expired', { approval: 'a1', code: '4f1c' }, 'restore-1', 'salvor')
    nudge()
    await until('nothing', () => home('bob').includes('Nothing waits for you'))
  })

  it('hides everything from a person whose last role was taken away', async () => {
    await askAndWait()
    await opens('bob', 'Approve the switch')
    plan = homePlan({ roles: { dba: { users: ['alice'], groups: [] }, sysadmin: { users: ['alice'] } } })
    nudge()
    const shown = await until('no role', () => home('bob').includes('You have no role here') && home('bob'))
    expect(shown).not.toMatch(/orders|restore-1|Approve/)
  })

  it('shows a step of a run by hand, which is called done there', async () => {
    openIncident()
    const step = { position: 2, verb: 'manual', about: 'call the vendor', owner: 'dba', job: null } as const
    bench.world.runs.set('run-1', fakeRunView({}, [fakeRunStep(), fakeRunStep({ ...step, state: 'asked' })]))
    await opens('bob', 'call the vendor')
    await bench.slack.as('bob').presses('Done')
    await until('a modal', () => bench.slack.as('bob').modal())
    await bench.slack.as('bob').submits({ reason: 'they confirmed' })
    await until('words', () => bench.heard.length === 1)
    expect(bench.heard[0]).toMatchObject({ text: 'done run-1 2 --reason they confirmed' })
  })

  it('shows an incident only to members of its channel, with its thread', async () => {
    openIncident()
    startJob()
    await until('a root', () => bench.slack.messages('inc')[0])
    const shown = await opens('bob', 'Orders lost')
    expect(shown).toMatch(/archives\/C0INC\/p\d+\|incident-7/)
    bench.world.incident = { ...bench.world.incident, channel: 'C0OTHER' }
    await opens('bob', 'No incident is open in your channels')
    expect(home('bob')).not.toContain('Orders lost')
  })
})
