import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ChecklistPlan, createChecklist } from '../../../sandbox/checklist/index.ts'
import { sandboxWorkspace } from '../../../sandbox/workspace.ts'
import { channel, openNight, type TestNight } from '../../support/night.ts'

const plan: ChecklistPlan = {
  title: 'Orders lost',
  steps: ['open', 'backups', 'restore', 'approve', 'verify', 'restart', 'close'],
}

describe('the checklist of a night', () => {
  let night: TestNight
  let checklist: ReturnType<typeof createChecklist>

  beforeAll(async () => {
    night = await openNight()
    await night.start('serve')
    const { users: people } = sandboxWorkspace
    checklist = createChecklist({ storeUrl: night.store.url, slack: night.slack, channel, people })
  })

  afterAll(() => night.close())

  const readDone = async () => (await checklist.read(plan)).checklist.filter(({ done }) => done).map(({ id }) => id)

  it('asks for an incident first', async () => {
    expect(await readDone()).toEqual([])
    const { took } = await checklist.read(plan)
    expect(took).toBeUndefined()
  })

  it('is done to its end by doing what each line proposes, as the person that it names', async () => {
    for (const id of plan.steps) {
      const item = async () => (await checklist.read(plan)).checklist.find((one) => one.id === id)
      // Everything but the first line happens in the incident's thread.
      if (id !== 'open') await expect.poll(async () => (await item())?.go?.thread).toBe(night.rootTs())
      const go = (await item())?.go
      if (!go) throw new Error(`${id} leads nowhere`)
      const person = night.slack.as(go.person)
      const thread = go.thread === undefined ? {} : { thread: go.thread }
      if (go.words !== undefined) await person.says(go.words, { channel: go.channel, ...thread })
      else await person.presses('Approve', { channel: go.channel, withinMs: 60_000 })
      await expect.poll(async () => (await item())?.done, { timeout: 60_000 }).toBe(true)
    }
    expect(await readDone()).toEqual(plan.steps)
    expect(night.slack.violations).toEqual([])
  })

  it('knows how long it took', async () => {
    const { took } = await checklist.read(plan)
    expect(took).toBeGreaterThan(0)
    expect(took).toBeLessThan(300_000)
  })

  it('has nothing done where the store is away', async () => {
    const { users: people } = sandboxWorkspace
    const storeUrl = night.store.url.replace(/\/[^/]*$/, '/nowhere')
    const away = createChecklist({ storeUrl, slack: { ephemerals: () => [] }, channel, people })
    expect((await away.read(plan)).checklist.filter(({ done }) => done)).toEqual([])
  })
})
