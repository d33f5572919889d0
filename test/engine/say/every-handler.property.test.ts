import fc from 'fast-check'
import { expect, test } from 'vitest'
import { commandRegister } from '../../../commands/index.ts'
import { jobRegister } from '../../../jobs/index.ts'
import type { RecoveryPlan } from '../../../src/domain/recovery-plan.ts'
import { fakePlan } from '../../support/fakes/plan.ts'
import { startTalk } from '../../support/fakes/say.ts'
import { fakeJobView, fakeRunView } from '../../support/fakes/views.ts'

const people = ['alice', 'bob', 'carol', 'dana', 'dave', 'erin', 'oscar'] as const
const roles = ['dba', 'sysadmin', 'business', 'approver'] as const

type Members = { readonly [R in (typeof roles)[number]]: readonly string[] }

/** Roles may be held by anybody and by nobody; who owns what and who approves stays as the plan says. */
const members: fc.Arbitrary<Members> = fc.record({
  dba: fc.subarray([...people]),
  sysadmin: fc.subarray([...people]),
  business: fc.subarray([...people]),
  approver: fc.subarray([...people]),
})

const planOf = (held: Members): RecoveryPlan =>
  fakePlan({
    roles: Object.fromEntries(roles.map((role) => [role, { users: held[role] }])),
    approvals: { destructive: { from: ['approver'] } },
    procedures: { 'full-recovery': { title: 'Bring orders back', steps: [{ restore: 'orders-db' }] } },
  })

/** Who may do what, in the words of the design and apart from the code; `owner` is the owner of what is named. */
type Who = 'anyone' | 'any role' | 'owners' | 'approvers' | 'dba' | 'sysadmin'

const who: { readonly [command: string]: Who } = {
  ...{
    help: 'anyone',
    open: 'any role',
    status: 'any role',
    incidents: 'any role',
    note: 'any role',
    plan: 'any role',
  },
  ...{ backups: 'any role', test: 'any role', stop: 'any role', done: 'any role', report: 'any role' },
  ...{ update: 'any role', handover: 'any role' },
  ...{ run: 'owners', close: 'owners', reopen: 'owners', approve: 'approvers', reject: 'approvers' },
  ...{ backup: 'dba', baseline: 'dba', restore: 'dba', verify: 'dba', restart: 'sysadmin' },
}

/** Commands that steer a job are the owner's of that job's system; the examples name both kinds of jobs. */
function findWho(command: string, said: string): Who | undefined {
  if (command === 'brief') return said.includes('--post') ? 'any role' : 'anyone'
  if (!['resume', 'retry', 'undo', 'freeze', 'thaw'].includes(command)) return who[command]
  if (/run-\d/.test(said)) return 'owners'
  return /restart|orders-api/i.test(said) ? 'sysadmin' : 'dba'
}

function mayDo(held: Members, person: string, wanted: Who): boolean {
  const holds = (role: keyof Members) => held[role].includes(person)
  switch (wanted) {
    case 'anyone':
      return true
    case 'any role':
      return roles.some(holds)
    case 'owners':
      return holds('dba') || holds('sysadmin')
    case 'approvers':
      return holds('approver')
    default:
      return holds(wanted)
  }
}

const jobs = ['restore-1', 'restore-2', 'restore-3'].map((id) => fakeJobView({ id }))
const restarts = ['restart-1', 'restart-2'].map((id) =>
  fakeJobView({ id, kind: 'restart', params: { service: 'orders-api' } }),
)
const said = commandRegister.flatMap(({ name, examples }) => examples.map((text) => ({ name, text })))

test('no handler has an effect for somebody whose role does not allow it, and none is refused to those who may', async () => {
  let cases = 0
  const counted = new Map<string, number>()
  await fc.assert(
    fc.asyncProperty(
      members,
      fc.constantFrom(...people),
      fc.constantFrom(...said),
      async (held, person, { name, text }) => {
        cases += 1
        counted.set(name, (counted.get(name) ?? 0) + 1)
        const { talk, refusal } = await say(planOf(held), person, text)
        const effects = talk.moves().filter((move) => move !== 'recordRefusal')
        const wanted = findWho(name, text)
        if (wanted === undefined || !mayDo(held, person, wanted)) {
          // Of a command that this table does not know, at least nobody without any role has an effect.
          if (wanted !== undefined || !roles.some((role) => held[role].includes(person))) expect(effects).toEqual([])
          if (wanted !== undefined) expect(refusal).toMatch(/^role_(none|missing)$/)
        } else {
          expect(refusal ?? '').not.toMatch(/^role_/)
        }
      },
    ),
    { numRuns: 4000 },
  )
  process.stdout.write(`${cases} words of ${counted.size} commands were said by people with random roles\n`)
  expect([...counted.keys()].toSorted()).toEqual(commandRegister.map(({ name }) => name).toSorted())
}, 240_000)

async function say(plan: RecoveryPlan, person: string, text: string) {
  const run = fakeRunView()
  const talk = startTalk({ plan, jobs: [...jobs, ...restarts], runs: [run], deps: { jobs: jobRegister } })
  const answer = await talk.says(person, text)
  const refused = talk.engine.calls.find(({ move }) => move === 'recordRefusal')
  const code = (refused?.args[2] as { code?: string } | undefined)?.code
  return { talk, answer, refusal: code }
}
