import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inspectPage } from './inspect-page.ts'
import { openBrowser } from './open-browser.ts'

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser?.close())

async function inspect(body: string): Promise<string[]> {
  const page = await browser.newPage({ viewport: { width: 400, height: 400 } })
  await page.setContent(`<!doctype html><html lang="en"><title>A page</title><main><h1>Title</h1>${body}</main></html>`)
  const found = await inspectPage(page)
  await page.close()
  return found
}

test('a page that is well has no findings', async () => {
  expect(await inspect('<p>Words</p>')).toEqual([])
})

test.each([
  ['a picture without words', '<img src="data:,">', /^image-alt /],
  ['a button without a name', '<button></button>', /^button-name /],
  ['words that hardly differ from the ground', '<p style="color:#ddd;background:#fff">Words</p>', /^color-contrast /],
  ['a box for what is not known', '<div class="unsupported">what?</div>', /^what\?$/],
  ['a page that is too wide', '<div style="width:900px">x</div>', /^the page is \d+ px wide in a window of 400 px$/],
])('%s is found', async (_, body, finding) => {
  expect(await inspect(body)).toEqual([expect.stringMatching(finding)])
})
