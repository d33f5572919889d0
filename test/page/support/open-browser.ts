import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { findPrograms, requireBrowser } from '../../../sandbox/bootstrap/index.ts'

/** A page in the browser, and everything that a developer would see in red. */
export interface WatchedPage {
  readonly page: Page
  /** Errors of the console and of scripts, requests that failed, answers of 400 and above. */
  readonly troubles: string[]
}

/** Starts Chromium without a window. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: requireBrowser(findPrograms()) })
}

/** Opens an address in a fresh profile and waits until the page shows a conversation. */
export async function openPage(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<WatchedPage> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options })
  const page = await context.newPage()
  const troubles: string[] = []
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) troubles.push(`console ${message.type()}: ${message.text()}`)
  })
  page.on('pageerror', (error) => troubles.push(`script: ${error.stack ?? error.message}`))
  page.on('requestfailed', (request) => {
    // A stream of changes ends when the page is left or loaded again.
    if (!request.url().endsWith('/page/changes'))
      troubles.push(`request: ${request.method()} ${request.url()} ${request.failure()?.errorText}`)
  })
  page.on('response', (response) => {
    if (response.status() >= 400) troubles.push(`answer: ${response.status()} ${response.url()}`)
  })
  page.on('crash', () => troubles.push('the page crashed'))
  page.setDefaultTimeout(15_000)
  await page.goto(url)
  await page
    .getByRole('main')
    .waitFor()
    .catch((cause: unknown) => {
      throw new Error(`The page shows no conversation: ${troubles.join('; ') || 'and says nothing'}`, { cause })
    })
  return { page, troubles }
}
