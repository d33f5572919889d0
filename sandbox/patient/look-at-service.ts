import type { PatientState } from '../slack/page/wire.ts'

const ANSWERS_WITHIN_MS = 1_000

/** The shop's service as its own health page tells it. */
export async function lookAtService(apiUrl: string): Promise<PatientState['services'][number]> {
  const name = 'orders-api'
  try {
    const response = await fetch(`${apiUrl}/healthz`, { signal: AbortSignal.timeout(ANSWERS_WITHIN_MS) })
    const said: unknown = await response.json()
    const { error, warnings } = (said ?? {}) as { error?: unknown; warnings?: unknown }
    const complaints = [error, ...(Array.isArray(warnings) ? warnings : [])].filter((one) => typeof one === 'string')
    if (response.ok && complaints.length === 0) return { name, health: 'good', note: 'runs and is healthy' }
    const note = complaints.join('; ') || `answers ${response.status}`
    return { name, health: 'bad', note: response.ok ? `runs with made-up settings: ${note}` : `runs, but: ${note}` }
  } catch (error) {
    const late = error instanceof Error && error.name === 'TimeoutError'
    return { name, health: 'bad', note: late ? 'does not answer' : 'stopped' }
  }
}
