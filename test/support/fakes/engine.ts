import type { Engine } from '../../../src/engine/engine.ts'
import { fakeIncident, fakeJob, fakeRunView } from './views.ts'

export type EngineCall = {
  [M in keyof Engine]: { readonly move: M; readonly args: Parameters<Engine[M]> }
}[keyof Engine]

/** An engine that remembers what it was asked and does nothing; `failWith` makes every move but refusals throw. */
export function fakeEngine(failWith?: Error): Engine & { readonly calls: EngineCall[] } {
  const calls: EngineCall[] = []
  const remember =
    <M extends keyof Engine, T>(move: M, answer: T) =>
    async (...args: Parameters<Engine[M]>): Promise<T> => {
      calls.push({ move, args } as unknown as EngineCall)
      if (failWith && move !== 'recordRefusal') throw failWith
      return answer
    }
  return {
    calls,
    openIncident: remember('openIncident', fakeIncident()),
    closeIncident: remember('closeIncident', fakeIncident({ state: 'closed' })),
    reopenIncident: remember('reopenIncident', fakeIncident()),
    handOver: remember('handOver', undefined),
    updateIncident: remember('updateIncident', undefined),
    pinMessage: remember('pinMessage', undefined),
    unpinMessage: remember('unpinMessage', undefined),
    followMessage: remember('followMessage', undefined),
    addNote: remember('addNote', undefined),
    recordReport: remember('recordReport', undefined),
    recordRefusal: remember('recordRefusal', undefined),
    requestJob: remember('requestJob', fakeJob()),
    accept: remember('accept', undefined),
    approve: remember('approve', undefined),
    approveAlone: remember('approveAlone', undefined),
    reject: remember('reject', undefined),
    startRun: remember('startRun', fakeRunView()),
    markDone: remember('markDone', undefined),
    judgeCase: remember('judgeCase', undefined),
    stop: remember('stop', undefined),
    stopAll: remember('stopAll', ['restore-1']),
    resume: remember('resume', undefined),
    retry: remember('retry', undefined),
    undo: remember('undo', fakeJob({ id: 'undo-1', kind: 'undo' })),
  }
}
