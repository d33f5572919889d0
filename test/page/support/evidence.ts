import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'

/** Where pictures and logs of these tests go; ignored by git. */
export const evidenceFolder = 'screenshots'

/** A picture of what the browser shows now, as screenshots/<name>.png. */
export async function takePicture(page: Page, name: string, whole = false): Promise<void> {
  mkdirSync(evidenceFolder, { recursive: true })
  await page.screenshot({ path: join(evidenceFolder, `${name}.png`), fullPage: whole, animations: 'disabled' })
}

/** What is needed to understand a failure: picture, page and console. */
export async function keepEvidence(page: Page, name: string, troubles: readonly string[]): Promise<void> {
  await takePicture(page, `${name}-failed`)
  writeFileSync(join(evidenceFolder, `${name}-failed.html`), await page.content())
  writeFileSync(join(evidenceFolder, `${name}-failed-console.log`), `${troubles.join('\n')}\n`)
}
