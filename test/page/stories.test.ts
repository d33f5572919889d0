import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFailed, test } from 'vitest'
import { stories } from '../../sandbox/scenario/index.ts'
import { keepEvidence, takePicture } from './support/evidence.ts'
import { followGuide, waitForGuide } from './support/follow-guide.ts'
import { openBrowser, openPage } from './support/open-browser.ts'
import { listIll, readPanel, readState } from './support/read-state.ts'
import { type RunningSandbox, startSandbox } from './support/start-sandbox.ts'

// Every sandbox begins with the first story, which the guided run tells.
const [, ...others] = stories

let sandbox: RunningSandbox
let browser: Browser
beforeAll(async () => {
  sandbox = await startSandbox('stories', 0.05)
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
  await sandbox?.stop()
})

test.each(others)('«$title» begins by its button, and is recovered by its checklist', async ({ id, title }) => {
  const { page, troubles } = await openPage(browser, sandbox.url)
  onTestFailed(async () => {
    sandbox.keepLogs()
    await keepEvidence(page, `story-${id}`, troubles)
  })
  await begin(page, title)
  const fresh = await readPanel(sandbox.url)
  expect(fresh.checklist.filter(({ done }) => done)).toEqual([])
  expect(listIll(fresh)).not.toEqual([])
  expect((await readState(sandbox.url)).messages).toEqual([])
  await takePicture(page, `story-${id}-begun`)

  const done = await followGuide(page)
  expect(done).toHaveLength(fresh.checklist.length)
  await expect.poll(async () => listIll(await readPanel(sandbox.url)), { timeout: 10_000 }).toEqual([])
  expect((await readState(sandbox.url)).violations).toEqual([])
  await takePicture(page, `story-${id}-recovered`)
  expect(troubles).toEqual([])
})

/** Takes a story from the list and agrees that all that was said goes. */
async function begin(page: Page, title: string): Promise<void> {
  const guide = page.getByRole('complementary', { name: 'Recovery guide' })
  await guide.getByText('Start over, or take another story').click()
  await guide.getByRole('button', { name: `Start: ${title}` }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Start over' }).click()
  await expect.poll(async () => (await readPanel(sandbox.url)).busy).not.toBe('')
  await expect.poll(async () => (await readPanel(sandbox.url)).busy, { timeout: 90_000 }).toBe('')
  await guide.getByRole('heading', { name: title, level: 2 }).waitFor()
  await waitForGuide(page)
}
