import { afterEach, describe, expect, it } from 'vitest'
import { until } from '../support/until.ts'
import { tellStory } from './support/story.ts'
import { openWorkbench, type Workbench } from './support/workbench.ts'
import { makeApproval } from './support/world.ts'

let bench: Workbench
const { root, thread, read, findReply, nudge, openIncident, startJob, askApproval } = tellStory(() => bench)

afterEach(() => bench.close())

const cards = (words: RegExp) => thread().filter((one) => one.byBot && one.threadTs && words.test(read(one)))
const jobCards = () => cards(/orders-db from d-0130/)
const askCards = () => cards(/Approve the switch/)

/** Deletes as the workspace's administrator: with or without the event that tells of it. */
async function remove(ts: string, told = true) {
  if (told) return bench.slack.as('dana').deletes({ channel: 'inc', ts })
  bench.slack.faults.loseEvents(true)
  await bench.slack.as('dana').deletes({ channel: 'inc', ts })
  bench.slack.faults.loseEvents(false)
}

async function openWithJob() {
  bench = await openWorkbench('http')
  openIncident()
  startJob()
  return until('the card of the job', () => jobCards()[0])
}

/** An event behind everything so far, told in the thread. */
async function untilTold(words: string) {
  bench.world.happens('note_added', { text: words, lesson: false })
  nudge()
  await until('the last line', () => findReply(words))
}

describe('a live card that somebody deleted', () => {
  it.each([true, false])('comes back once as a new message that is kept up to date (event: %s)', async (told) => {
    const card = await openWithJob()
    await remove(card.ts, told)
    expect(jobCards()).toEqual([])
    bench.world.change('restore-1', { job: { worker: 'db2' } })
    bench.world.happens('job_resumed', { by: 'alice' }, 'restore-1')
    nudge()
    const anew = await until('the card again', () => jobCards()[0])
    expect(anew.ts).not.toBe(card.ts)
    bench.world.change('restore-1', { job: { state: 'failed' } })
    bench.world.happens('job_resumed', { by: 'alice' }, 'restore-1')
    nudge()
    await until('an edit of the new message', () => (jobCards()[0]?.edits ?? 0) > 0)
    await untilTold('the end')
    expect(jobCards()).toHaveLength(1)
  })

  it('stays away once its incident is closed, and after it was deleted again and again', async () => {
    const card = await openWithJob()
    let last = card.ts
    for (let round = 0; round < 3; round += 1) {
      await remove(last)
      last = (await until('the card again', () => jobCards()[0])).ts
    }
    await remove(last)
    await until(
      'a decision',
      () => bench.messages.all().find((one) => one.key === 'job:restore-1')?.state === 'refused',
    )
    bench.world.incident = { ...bench.world.incident, state: 'closed' }
    await remove(root()?.ts ?? '')
    await until('another', () => bench.messages.all().find((one) => one.key === 'root:7')?.state === 'refused')
    expect(bench.slack.messages('inc').filter((one) => one.byBot && !one.isTombstone)).toEqual([])
  })
})

describe('an approval whose card was deleted', () => {
  it('is delivered anew with buttons that work, and rings again', async () => {
    await openWithJob()
    askApproval()
    const card = await until('the approval', () => askCards()[0])
    await until('a message to bob', () => bench.slack.directMessages('bob')[0])
    const rang = bench.slack.notifications('bob').filter(({ channel }) => channel === 'C0INC').length
    await remove(card.ts)
    const anew = await until('the approval again', () => askCards()[0])
    expect(bench.slack.notifications('bob').filter(({ channel }) => channel === 'C0INC')).toHaveLength(rang + 1)
    await bench.slack.as('bob').presses('Approve', { message: anew.ts })
    await until('the press', () => bench.heard.some(({ button }) => button?.approval?.id === 'a1'))
    await untilTold('the end')
    expect(askCards()).toHaveLength(1)
  })

  it('stays deleted once it is decided', async () => {
    await openWithJob()
    askApproval()
    const card = await until('the approval', () => askCards()[0])
    bench.world.change('restore-1', { approvals: [makeApproval({ state: 'granted' })] })
    await remove(card.ts)
    await until(
      'a decision',
      () => bench.messages.all().find(({ key }) => key === 'ask:a1:thread')?.state === 'refused',
    )
    await untilTold('the end')
    expect(askCards()).toEqual([])
  })
})

describe('a root that somebody deleted', () => {
  it('begins a new thread, in which everything goes on', async () => {
    await openWithJob()
    const before = root()?.ts ?? ''
    await remove(before)
    const anew = await until('a new root', () =>
      bench.slack.messages('inc').find((one) => one.byBot && !one.isTombstone),
    )
    expect(anew.ts).not.toBe(before)
    bench.world.happens('note_added', { text: 'said later', lesson: false })
    nudge()
    await until('a line below it', () => bench.slack.thread('inc', anew.ts).some((one) => /said later/.test(read(one))))
    expect(bench.slack.violations).toEqual([])
  })

  it('is found out by the first answer that finds no thread, and nothing of it is lost', async () => {
    bench = await openWorkbench('http')
    openIncident()
    await until('a root', () => root())
    await remove(root()?.ts ?? '', false)
    bench.world.happens('note_added', { text: 'said later', lesson: false })
    nudge()
    const anew = await until('a new root', () => root())
    await until('a line below it', () => bench.slack.thread('inc', anew.ts).some((one) => /said later/.test(read(one))))
    expect(bench.slack.messages('inc')).toHaveLength(1)
  })
})
