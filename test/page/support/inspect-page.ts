import axe from 'axe-core'
import type { Page } from 'playwright-core'

/** What is wrong with what the browser shows now: boxes for unknown blocks, overflow, serious findings of axe. */
export async function inspectPage(page: Page): Promise<string[]> {
  const unsupported = await page.locator('.unsupported').allTextContents()
  return [...unsupported, ...(await findOverflow(page)), ...(await findBarriers(page))]
}

/** A page that can be scrolled sideways; wide tables have a scrollbar of their own. */
async function findOverflow(page: Page): Promise<string[]> {
  const { wanted, there } = await page.evaluate<{ wanted: number; there: number }>(
    '({ wanted: document.documentElement.scrollWidth, there: window.innerWidth })',
  )
  return wanted > there ? [`the page is ${wanted} px wide in a window of ${there} px`] : []
}

interface Finding {
  readonly id: string
  readonly impact: string
  readonly help: string
  readonly nodes: readonly { readonly target: unknown; readonly failureSummary: string }[]
}

/** Serious and critical findings; evaluated over the debugger, which the page's content policy does not hinder. */
async function findBarriers(page: Page): Promise<string[]> {
  await page.evaluate(axe.source)
  const findings = await page.evaluate<readonly Finding[]>(
    'axe.run(document, { resultTypes: ["violations"] }).then(({ violations }) => violations)',
  )
  return findings
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, help, nodes }) => {
      const [first] = nodes
      return `${id} (${help}), ${nodes.length} times, first ${JSON.stringify(first?.target)}: ${first?.failureSummary}`
    })
}
