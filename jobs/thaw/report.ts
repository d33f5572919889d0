import type { JobView } from '../../src/domain/view.ts'
import type { GivenReport } from '../../src/engine/define-job.ts'
import { outputOf } from '../output-of.ts'
import { lookOutput, openOutput, proveOutput, startOutput, thawParams } from './params.ts'

export function reportThaw(view: JobView): GivenReport {
  const { system } = thawParams.parse(view.job.params)
  const proof = outputOf(view, 'prove', proveOutput)
  const done = listDone(view)
  return {
    summary: done.length > 0 ? `${system} open again: ${done.join(', ')}` : `${system}: Salvor had frozen nothing`,
    proven: proof?.proven ?? [],
    left: proof?.unproven ?? [],
    ends: outputOf(view, 'look', lookOutput)?.freezes ?? [],
  }
}

export function showThaw(view: JobView): { headline: string; lines: string[] } {
  const { system = '' } = thawParams.partial().safeParse(view.job.params).data ?? {}
  const found = outputOf(view, 'look', lookOutput)
  const from = found === null || found.freezes.length === 0 ? [] : [`Opens what ${found.freezes.join(', ')} stopped`]
  return { headline: system, lines: [...from, ...listDone(view)] }
}

function listDone(view: JobView): string[] {
  const opened = outputOf(view, 'open', openOutput)?.opened ?? []
  const services = outputOf(view, 'start', startOutput) ?? { started: [], running: [] }
  return [
    ...opened.map((database) => `${database} open for connections`),
    ...services.started.map((name) => `${name} started`),
    ...services.running.map((name) => `${name} ran already`),
  ]
}
