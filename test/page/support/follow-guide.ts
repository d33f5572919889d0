import type { Locator, Page } from 'playwright-core'
import { until } from '../../support/until.ts'

/** Waits for the guide, which comes a moment after the conversation. */
export async function waitForGuide(page: Page): Promise<void> {
  await page.locator('li[aria-current=step]').waitFor()
}

/** Does line after line until none is left, and names them. A line that comes twice was ticked too early. */
export async function followGuide(
  page: Page,
  afterStep: (step: string, number: number) => Promise<void> = async () => {},
): Promise<string[]> {
  const done: string[] = []
  for (let step = await readStep(page); step !== undefined; step = await readStep(page)) {
    if (done.includes(step)) throw new Error(`"${step}" is to be done once more, after ${done.join(', ')}`)
    await doStep(page)
    await until(`"${step}" to be ticked`, async () => (await readStep(page)) !== step, 120_000, 100)
    done.push(step)
    await afterStep(step, done.length)
  }
  return done
}

/** The line of the checklist that is to be done now; undefined when all is done. */
export async function readStep(page: Page): Promise<string | undefined> {
  const current = page.getByRole('complementary', { name: 'Recovery guide' }).locator('li[aria-current=step]')
  const title = current.locator('.panel-step-title')
  return (await current.count()) === 0 ? undefined : ((await title.textContent({ timeout: 2_000 })) ?? undefined)
}

/** Does what the current line says, by mouse: its button, then Send where words were proposed, else the thread's button. */
export async function doStep(page: Page): Promise<void> {
  const line = page.locator('li[aria-current=step]')
  const go = line.getByRole('button')
  const proposes = /^Write this/.test((await go.textContent()) ?? '')
  await go.click()
  if (proposes) await send(page)
  else await press(page, /^Approve/)
}

/** Presses Send beside the words that were proposed, and waits until they are gone from the composer. */
async function send(page: Page): Promise<void> {
  const filled = await until('words in a composer', () => findFilled(page), 5_000)
  await filled.getByRole('button', { name: 'Send' }).click()
  await until('the words to be sent', async () => (await findFilled(page)) === undefined, 15_000)
}

async function findFilled(page: Page): Promise<Locator | undefined> {
  for (const composer of await page.locator('form.composer:visible').all())
    if ((await composer.getByRole('textbox').inputValue()) !== '') return composer
  return undefined
}

/** Presses the newest button of that name in the thread, and agrees when asked to confirm. */
export async function press(page: Page, name: RegExp): Promise<void> {
  const button = page.getByRole('region', { name: 'Thread' }).getByRole('button', { name }).last()
  await button.waitFor({ timeout: 120_000 })
  await button.click()
  const dialog = page.getByRole('dialog')
  const asked = await dialog.waitFor({ timeout: 1_500 }).then(
    () => true,
    () => false,
  )
  // The way back comes first in every dialog, going on comes last.
  if (asked) await dialog.getByRole('button').last().click()
}

/** Closes what lies over the page to tell of something new. */
export async function closeToasts(page: Page): Promise<void> {
  for (const toast of (await page.locator('.toast').all()).toReversed())
    await toast
      .getByRole('button', { name: /close|dismiss/i })
      .click({ timeout: 1_000 })
      .catch(() => undefined)
}
