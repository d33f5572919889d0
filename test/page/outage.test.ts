import { setTimeout as delay } from 'node:timers/promises'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFailed, test } from 'vitest'
import { until } from '../support/until.ts'
import { keepEvidence, takePicture } from './support/evidence.ts'
import { doStep, press, readStep, waitForGuide } from './support/follow-guide.ts'
import { openBrowser, openPage } from './support/open-browser.ts'
import { readThread } from './support/read-state.ts'
import { type RunningSandbox, startSandbox } from './support/start-sandbox.ts'

/** A minute where there is time for it; the page's button for a minute then brings Slack back by itself. */
const LONG = process.env.LONG === '1'
const AWAY_MS = LONG ? 60_000 : 20_000

let sandbox: RunningSandbox
let browser: Browser
beforeAll(async () => {
  sandbox = await startSandbox('outage', 1)
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
  await sandbox?.stop()
})

test('while Slack is down the restore goes on, and afterwards the thread catches up in order, nothing twice', async () => {
  // Wide enough for thread and switches side by side.
  const { page, troubles } = await openPage(browser, sandbox.url, { viewport: { width: 1680, height: 1000 } })
  onTestFailed(async () => {
    sandbox.keepLogs()
    await keepEvidence(page, 'outage', troubles)
  })
  await waitForGuide(page)
  for (const step of ['Open an incident', 'Look at the backups', 'Restore the database']) {
    expect(await readStep(page)).toBe(step)
    // The list of backups has a button for what the guide would have written.
    if (step === 'Restore the database') await press(page, /^Restore /)
    else await doStep(page)
    await until(`"${step}" to be ticked`, async () => (await readStep(page)) !== step, 60_000)
  }
  await until('the card of the running restore', async () => (await listKinds(page)).includes('card'), 20_000)

  const down = performance.now()
  await turnOff(page)
  const before = await readThread(sandbox.url, page)
  await takePicture(page, 'outage-1-down')
  // The guide hears of it from Salvor's journal, not from Slack.
  const hint = page.locator('li[aria-current=step] .panel-hint')
  await until(
    'the question for the approval',
    async () => /Alice asked/.test((await hint.textContent()) ?? ''),
    120_000,
  )
  expect(await readThread(sandbox.url, page)).toEqual(before)
  expect(await listKinds(page)).not.toContain('ask')
  await delay(Math.max(0, AWAY_MS - (performance.now() - down)))
  await bringBack(page)
  await until('the question in the thread', async () => (await listKinds(page)).includes('ask'), 60_000)
  await takePicture(page, 'outage-2-back')

  await doStep(page)
  await until('the switch', async () => (await listKinds(page)).includes('outcome'), 120_000)
  await takePicture(page, 'outage-3-done')
  await until('the card to tell the end', async () => {
    const card = (await readThread(sandbox.url, page)).find(({ text }) => text.startsWith('restore-1 · '))
    return card !== undefined && !card.text.endsWith('running')
  })
  expect(await listKinds(page)).toEqual(['card', 'ask', 'decision', 'outcome'])
  expect(troubles).toEqual([])
})

/** Takes Slack down by the page's own switch. */
async function turnOff(page: Page): Promise<void> {
  await page.getByRole('button', { name: /Slack on a bad day/ }).click()
  await page.getByRole('button', { name: LONG ? 'Down for 60 s' : 'Down until I say' }).click()
  await page.getByText('Slack is down for the app.').waitFor()
  await page.getByRole('button', { name: 'Close Slack on a bad day' }).click()
}

/** By its button in the banner; or it comes back by itself. */
async function bringBack(page: Page): Promise<void> {
  const banner = page.getByText('Slack is down for the app.')
  if (!LONG) await page.getByRole('button', { name: 'Bring it back' }).click()
  await banner.waitFor({ state: 'detached' })
}

/** What the thread holds since the restore was asked for, oldest first. */
async function listKinds(page: Page): Promise<string[]> {
  const thread = await readThread(sandbox.url, page)
  const begins = thread.findIndex(({ text }) => text.startsWith('restore-1 · '))
  return thread.slice(begins === -1 ? thread.length : begins).map(({ text }) => {
    if (/restore-1: orders-db holds/.test(text)) return 'outcome'
    if (/approved what was shown/.test(text)) return 'decision'
    if (text.startsWith('restore-1 · ')) return 'card'
    return /Approve the switch|approval of the switch/.test(text) ? 'ask' : text
  })
}
