import type { JobView } from '../../src/domain/view.ts'
import type { GivenReport } from '../../src/engine/define-job.ts'
import { outputOf } from '../output-of.ts'
import { freezeParams, haltOutput, holdOutput, lookOutput, proveOutput, stopOutput } from './params.ts'

export function reportFreeze(view: JobView): GivenReport {
  const { system } = freezeParams.parse(view.job.params)
  const proof = outputOf(view, 'prove', proveOutput)
  const done = listDone(view)
  return {
    summary: `${system} frozen: ${done.length > 0 ? done.join(', ') : 'nothing was running'}`,
    proven: proof?.proven ?? [],
    left: [`${system} stays frozen until \`thaw ${system}\``, ...(proof?.unproven ?? [])],
  }
}

export function showFreeze(view: JobView): { headline: string; lines: string[] } {
  const { system = '' } = freezeParams.partial().safeParse(view.job.params).data ?? {}
  const found = outputOf(view, 'look', lookOutput)
  const resting = found === null || found.resting.length === 0 ? [] : [`Was down already: ${found.resting.join(', ')}`]
  return { headline: system, lines: [...listDone(view), ...resting] }
}

function listDone(view: JobView): string[] {
  const stopped = outputOf(view, 'stop', stopOutput)?.services ?? []
  const halted = outputOf(view, 'halt', haltOutput)?.migrations ?? []
  const held = outputOf(view, 'hold', holdOutput)
  return [
    ...halted.map((name) => `migration ${name} told to stop`),
    ...stopped.map((name) => `${name} stopped`),
    ...(held === null ? [] : [held.already ? 'connections were held off already' : sayHeld(held.endedSessions)]),
  ]
}

function sayHeld(sessions: number): string {
  return `connections held off, ${sessions} ${sessions === 1 ? 'session' : 'sessions'} ended`
}
