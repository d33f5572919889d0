import { setTimeout as delay } from 'node:timers/promises'
import { durationMs, type HealthCheck } from '../../domain/recovery-plan.ts'
import type { ServiceTools } from '../../ports/service-tools.ts'
import { askHttp, askSql, askTcp, type ProbeAnswer } from './probes.ts'
import { runCommand, type ServiceDeps, sayEnd } from './run-command.ts'

/** Between two tries, in milliseconds. */
const tryEvery = 250

/** Good answers in a row that count as well: one among bad ones is luck. */
const goodInARow = 3

/** The longest single try, in milliseconds: a service that hangs is asked again. */
const longestTry = 5000

type Ask = (signal: AbortSignal) => Promise<ProbeAnswer>

/**
 * Asks until the check passes several times in a row or its time is over; answers with the last thing that was seen. A
 * row of good answers that has begun in time may end a little later.
 */
export async function checkHealth(
  deps: ServiceDeps,
  { check, sqlUrl, signal, onTry }: Parameters<ServiceTools['checkHealth']>[0],
): ReturnType<ServiceTools['checkHealth']> {
  const ask = chooseProbe(deps, check, sqlUrl)
  const began = performance.now()
  const within = durationMs(check.within)
  let said = ''
  let good = 0
  let flapped = ''
  for (;;) {
    const left = within - (performance.now() - began)
    const answer = await tryOnce(ask, signal, good > 0 ? longestTry : Math.max(1, Math.min(longestTry, left)))
    // A last try that was cut short by the end says less than the one before it.
    if (said === '' || !answer.cutShort || left >= longestTry) said = deps.redact(answer.said)
    if (good > 0 && !answer.passed)
      flapped = `; it flaps: after ${good} good ${good === 1 ? 'answer' : 'answers'} came a bad one`
    good = answer.passed ? good + 1 : 0
    onTry?.(said)
    const seconds = (performance.now() - began) / 1000
    if (good >= goodInARow) return { healthy: true, said, seconds }
    if (!answer.passed && seconds * 1000 + tryEvery >= within) return { healthy: false, said: said + flapped, seconds }
    await delay(tryEvery, undefined, { signal })
  }
}

async function tryOnce(
  ask: Ask,
  signal: AbortSignal,
  timeoutMs: number,
): Promise<ProbeAnswer & { readonly cutShort?: true }> {
  const timeout = AbortSignal.timeout(Math.ceil(timeoutMs))
  try {
    return await ask(AbortSignal.any([signal, timeout]))
  } catch (error) {
    signal.throwIfAborted()
    if (timeout.aborted)
      return { passed: false, said: `no answer within ${(timeoutMs / 1000).toFixed(1)} s`, cutShort: true }
    return { passed: false, said: sayCause(error) }
  }
}

function chooseProbe(deps: ServiceDeps, check: HealthCheck, sqlUrl: string | undefined): Ask {
  const { http, tcp, sql, argv } = check
  if (http !== undefined) return (signal) => askHttp(http, signal)
  if (tcp !== undefined) return (signal) => askTcp(tcp, signal)
  if (sql !== undefined) return (signal) => askSql(sqlUrl, sql, signal)
  return async (signal) => {
    const result = await runCommand(deps, argv ?? [], signal)
    return { passed: result.exitCode === 0, said: sayEnd(deps, argv ?? [], result).said }
  }
}

/** `fetch failed` says nothing; its cause does. */
function sayCause(error: unknown): string {
  const { cause, code, message } = error as {
    cause?: { code?: string; message?: string }
    code?: string
    message?: string
  }
  return cause?.code ?? cause?.message ?? code ?? message ?? String(error)
}
