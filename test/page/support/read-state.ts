import type { Page } from 'playwright-core'
import type { PageMessage, PageState, PanelState } from '../../../sandbox/slack/page/wire.ts'

/** What the server tells the page about a person's view. */
export async function readState(url: string, query: Record<string, string> = {}): Promise<PageState> {
  const answer = await fetch(`${url}/page/state?${new URLSearchParams(query)}`)
  return (await answer.json()) as PageState
}

/** What the server tells the page about guide and patient. */
export async function readPanel(url: string): Promise<PanelState> {
  return (await (await fetch(`${url}/page/panel`)).json()) as PanelState
}

/** The messages of the thread that the page shows, oldest first, with the root. */
export async function readThread(url: string, page: Page): Promise<readonly PageMessage[]> {
  const [, channel = '', thread = ''] = decodeURIComponent(new URL(page.url()).hash).split('/')
  return (await readState(url, { channel, thread })).thread
}

/** What of the patient is not well: tables, services and files by name. */
export function listIll({ patient }: PanelState): string[] {
  if (!patient) return ['everything']
  const all = [...patient.tables, ...patient.services, ...patient.files]
  return all.filter(({ health }) => health !== 'good').map(({ name }) => name)
}
