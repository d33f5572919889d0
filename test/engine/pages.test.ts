import { afterEach, expect, it } from 'vitest'
import { doWhatIsDue } from '../../src/engine/due/do-what-is-due.ts'
import { acknowledgePage } from '../../src/engine/due/pages.ts'
import type { Page, Pager } from '../../src/ports/pager.ts'
import { createEngineWorld, demoPlan, type EngineWorld } from '../support/engine-world.ts'

let world: EngineWorld
afterEach(() => world.close())

const plan = { ...demoPlan, pager: { url: 'https://wake.example', key: 'k' } }
const trouble = { code: 'page_refused', facts: { status: 500 } } as const

/** A job whose approval stays unanswered past its escalation; what is sent is kept, and answered as told. */
async function unanswered(answers: (typeof trouble | null)[] = []) {
  const pages: Page[] = []
  const pager: Pager = {
    async send(page) {
      pages.push(page)
      return answers.shift() ?? null
    },
  }
  world = await createEngineWorld({ plan, policy: { escalateTo: ['sysadmin'], escalateAfterMs: 1 } })
  const job = await world.request()
  await world.settle()
  const look = () => doWhatIsDue({ ...world.deps, pager })
  await look()
  const approval = async () => (await world.view(job)).approvals[0]
  return { job, pages, look, approval }
}

const events = async () => (await world.eventTypes()).filter((type) => type.startsWith('page_'))
const makeDue = () => world.pool.query(`UPDATE salvor.due SET at = now() WHERE kind = 'page'`)

it('pages once past the escalation, however many keepers look, and says nothing that decides', async () => {
  const { job, pages, look, approval } = await unanswered()
  await Promise.all([look(), look(), look()])
  await look()
  const asked = await approval()
  expect(pages).toEqual([
    {
      ...{ id: asked?.page, type: 'approval_unanswered', incident: world.incident.number, severity: 1, job },
      ...{ kind: 'demo', roles: ['dba', 'sysadmin'], askedAt: asked?.askedAt, approveBy: asked?.approveBy },
    },
  ])
  expect(JSON.stringify(pages)).not.toContain(asked?.digest.slice(0, 6))
  expect(await events()).toEqual(['page_sent'])
  expect(asked?.pagedAt).not.toBeNull()
})

it('tries again under the same id until it is taken, and tells once that nobody was woken', async () => {
  const { pages, look } = await unanswered([trouble, trouble])
  await look()
  await look()
  // The next try waits.
  expect(pages).toHaveLength(1)
  for (let tries = 0; tries < 3; tries++) {
    await makeDue()
    await look()
  }
  expect(pages).toHaveLength(3)
  expect(new Set(pages.map(({ id }) => id)).size).toBe(1)
  expect(await events()).toEqual(['page_failed', 'page_sent'])
})

it('ends with the answer to the approval', async () => {
  const { job, pages, look } = await unanswered([trouble])
  await look()
  await world.engine.approve(world.say('carol'), { job })
  await makeDue()
  await look()
  expect(pages).toHaveLength(1)
  expect((await world.deps.store.listDue(world.incident.number)).map(({ kind }) => kind)).toEqual(['approval_expire'])
})

it('is acknowledged once, by the first who is awake, and by nobody for a page that was never sent', async () => {
  const { look, approval, job } = await unanswered([trouble])
  await look()
  const page = (await approval())?.page ?? ''
  expect(await acknowledgePage(world.deps, { page, by: 'Bob Lee' })).toBe(true)
  expect(await acknowledgePage(world.deps, { page, by: 'Eve' })).toBe(true)
  expect(await acknowledgePage(world.deps, { page: 'b0ee6f33-2d0f-4a21-b8d1-6ab40b2f3d52', by: 'Eve' })).toBe(false)
  expect(await approval()).toMatchObject({ state: 'asked', acknowledgedBy: 'Bob Lee', decisions: [] })
  expect((await events()).filter((type) => type === 'page_acknowledged')).toHaveLength(1)
  expect((await world.deps.store.listDue(world.incident.number)).map(({ kind }) => kind)).not.toContain('page')
  await world.engine.approve(world.say('bob'), { job })
  expect(await acknowledgePage(world.deps, { page, by: 'Eve' })).toBe(true)
})

it('is left to whoever has a pager: a keeper without one takes no page', async () => {
  const { pages, look, approval } = await unanswered()
  await doWhatIsDue(world.deps)
  expect((await approval())?.pagedAt).toBeNull()
  await look()
  expect(pages).toHaveLength(1)
})
