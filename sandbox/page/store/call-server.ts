import type { Answer, CommandHint, PageState, PanelState } from '../../slack/page/wire.ts'
import type { Place } from '../page-context.ts'

/** Asks what can be seen from a place. Rejects when the server does not answer. */
export async function fetchState(place: Place): Promise<PageState> {
  const response = await fetch(`page/state?${new URLSearchParams({ ...place })}`)
  if (!response.ok) throw new Error(`the local Slack answered ${response.status}`)
  return (await response.json()) as PageState
}

/** The commands for autocompletion; they do not change while the page is open. */
export async function fetchCommands(): Promise<readonly CommandHint[]> {
  const response = await fetch('page/commands')
  return response.ok ? ((await response.json()) as readonly CommandHint[]) : []
}

/** What stands beside the conversation; null where nothing does. */
export async function fetchPanel(): Promise<PanelState | null> {
  const response = await fetch('page/panel')
  return response.status === 200 ? ((await response.json()) as PanelState) : null
}

/** Does what a person did. Never rejects: a server that does not answer is an answer with an error. */
export async function postAction(action: string, body: Readonly<Record<string, unknown>>): Promise<Answer> {
  try {
    const response = await fetch(`page/${action}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    return (await response.json()) as Answer
  } catch {
    return { ok: false, error: 'The local Slack does not answer. Is the sandbox still running?' }
  }
}
