import { SalvorError } from '../src/domain/errors/fail.ts'
import type { ServiceSystem } from '../src/domain/recovery-plan.ts'
import type { ServiceTools } from '../src/ports/service-tools.ts'

/** Lines of a service's log that a failure shows: enough for a stack trace's head, short enough for a card. */
const shownLines = 12

/** Does it; a failure carries the service's last log lines, which mostly hold the cause. */
export async function withLastLines<T>(
  of: {
    readonly tools: ServiceTools
    readonly service: ServiceSystem
    readonly name: string
    readonly signal: AbortSignal
  },
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof SalvorError) || of.signal.aborted) throw error
    // Not being able to read the log must not hide why we wanted to.
    const lines = await of.tools.lastLines(of.service, of.name, shownLines, of.signal).catch(() => [])
    if (lines.length === 0) throw error
    throw new SalvorError(error.code, error.facts, { cause: error, excerpt: lines.join('\n') })
  }
}
