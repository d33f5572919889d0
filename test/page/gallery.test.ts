import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, onTestFailed, test } from 'vitest'
import { keepEvidence, takePicture } from './support/evidence.ts'
import { inspectPage } from './support/inspect-page.ts'
import { openBrowser, openPage, type WatchedPage } from './support/open-browser.ts'
import { type Gallery, startGallery } from './support/start-gallery.ts'

/** The same in each look: with a window, at night, on a telephone. */
const looks: readonly (readonly [string, BrowserContextOptions])[] = [
  ['light', { viewport: { width: 1100, height: 900 }, colorScheme: 'light' }],
  ['dark', { viewport: { width: 1100, height: 900 }, colorScheme: 'dark' }],
  ['phone', { viewport: { width: 390, height: 844 }, colorScheme: 'light', isMobile: true, hasTouch: true }],
]

const words = { type: 'mrkdwn', text: 'Nothing for a moment' }
const between = { text: words.text, view: { type: 'home', blocks: [{ type: 'section', text: words }] } }

let gallery: Gallery
let browser: Browser
beforeAll(async () => {
  gallery = await startGallery()
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
  await gallery?.close()
})

test('Slack would take every card', () => {
  expect(gallery.slack.violations).toEqual([])
})

describe.each(looks)('%s', (look, options) => {
  let watched: WatchedPage
  beforeAll(async () => {
    watched = await openPage(browser, gallery.slack.pageUrl, options)
  })

  test('every message and file is shown, fits, and can be read by everybody', async () => {
    const { page, troubles } = watched
    onTestFailed(() => keepEvidence(page, `gallery-${look}`, troubles))
    const found: string[] = []
    for (const room of gallery.rooms) {
      await goTo(page, room)
      found.push(...(await inspectPage(page)).map((one) => `${room}: ${one}`))
      await takeSheet(page, `gallery-${look}-${room.slice('C0ROOM'.length)}`)
    }
    expect([...found, ...troubles]).toEqual([])
  })

  test('every modal is shown, fits, and can be read by everybody', async () => {
    const { page, troubles } = watched
    onTestFailed(() => keepEvidence(page, `gallery-${look}-modal`, troubles))
    const found: string[] = []
    for (const [index, sample] of gallery.modals.entries()) {
      await gallery.showModal(sample)
      const dialog = page.getByRole('dialog')
      await dialog.getByText(sample.text).first().waitFor()
      found.push(...(await inspectPage(page)).map((one) => `${sample.name}: ${one}`))
      await takePicture(page, `gallery-${look}-modal-${index + 1}`)
      await gallery.slack.as('alice').closes()
      await dialog.waitFor({ state: 'detached' })
    }
    expect([...found, ...troubles]).toEqual([])
  })

  test('every Home tab is shown, fits, and can be read by everybody', async () => {
    const { page, troubles } = watched
    onTestFailed(() => keepEvidence(page, `gallery-${look}-home`, troubles))
    const found: string[] = []
    await page.goto(`${gallery.slack.pageUrl}/#U0ALICE/D0ALICE`)
    await page.getByRole('button', { name: 'Home', exact: true }).click()
    const shown = page.getByRole('region', { name: 'Home' })
    for (const [index, sample] of gallery.homes.entries()) {
      // Tells the one before from the one to come.
      await gallery.showHome(between)
      await shown.getByText(between.text).waitFor()
      await gallery.showHome(sample)
      await shown.getByText(between.text).waitFor({ state: 'detached' })
      found.push(...(await inspectPage(page)).map((one) => `${sample.name}: ${one}`))
      await takeSheet(page, `gallery-${look}-home-${index + 1}`)
    }
    expect([...found, ...troubles]).toEqual([])
  })
})

/** Opens a channel as alice and waits for its last message. */
async function goTo(page: Page, room: string): Promise<void> {
  const last = gallery.slack.messages(room).at(-1)
  await page.goto(`${gallery.slack.pageUrl}/#U0ALICE/${room}`)
  await page.locator(`[data-ts="${last?.ts}"]`).waitFor()
}

/** All of a channel on one picture: the window is made as high as what it holds. */
async function takeSheet(page: Page, name: string): Promise<void> {
  const size = page.viewportSize()
  if (!size) throw new Error('the page has no size')
  const hidden = await page.evaluate<number>(
    'Math.max(0, ...[...document.querySelectorAll("*")].map((one) => one.scrollHeight - one.clientHeight))',
  )
  await page.setViewportSize({ ...size, height: Math.min(size.height + hidden, 12_000) })
  await takePicture(page, name)
  await page.setViewportSize(size)
}
