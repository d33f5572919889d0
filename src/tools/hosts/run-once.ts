import { setTimeout as sleep } from 'node:timers/promises'
import { SalvorError } from '../../domain/errors/fail.ts'
import type { HostAddress } from '../../ports/host.ts'
import type { ToolResult, ToolRunner } from '../../ports/tool-runner.ts'
import { runOnHost } from './ask-host.ts'
import { BEGIN, END, GIVE_UP, LOOK, writeRun } from './effect-scripts.ts'

/** One look waits on the other side up to 15 s for the end, and longer on a busy machine. */
const LOOK_MS = 60_000
/** Between two attempts to reach a host that is away. */
const AGAIN_MS = 1_000
/** How long a host may be away after the command should have ended, before people are told that nobody knows. */
const GRACE_MS = 30_000

/** What is known of a command: `begun` means that it has not claimed its folder in time. */
type EffectState =
  | { readonly is: 'none' | 'begun' | 'runs' | 'lost' }
  | { readonly is: 'ended'; readonly exitCode: number; readonly out: string; readonly err: string }

interface Effect {
  readonly host: HostAddress
  /** Letters, digits, `.`, `_` and `-`: the same for the same attempt, and for nothing else. */
  readonly once: string
  readonly signal: AbortSignal
  readonly timeoutMs: number
}

/**
 * Runs a command on a host exactly once under its name: begun again under the same name it is only waited for. A lost
 * connection neither ends nor repeats it. An abort ends it there. Throws host_away, host_key and host_refuses before
 * anything was begun, host_broke, host_vanished or host_forgot where nobody can say how it ended, and
 * host_idle where it never began.
 */
export async function runOnce(run: ToolRunner, of: Effect & { readonly argv: readonly string[] }): Promise<ToolResult> {
  const began = performance.now()
  const state = await endOnAbort(run, of, async () => {
    await begin(run, of)
    return waitForEnd(run, of)
  })
  const seconds = (performance.now() - began) / 1000
  if (state.is === 'ended')
    return { exitCode: state.exitCode, signal: null, stdoutTail: state.out, stderrTail: state.err, seconds }
  return { exitCode: null, signal: 'SIGKILL', stdoutTail: '', stderrTail: '', seconds, killedFor: 'timeout' }
}

/**
 * Waits until a command that somebody else began has ended; at once where none was. For asking whether it had its
 * effect: as long as it runs, the answer would be about half of it.
 */
export async function awaitEnd(run: ToolRunner, of: Effect): Promise<void> {
  if ((await look(run, of)).is !== 'none') await waitForEnd(run, of)
}

/** Also of a command that is still on its way there: nothing may begin after people were told that it was stopped. */
async function endOnAbort<T>(run: ToolRunner, of: Effect, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (thrown) {
    if (of.signal.aborted) await end(run, of).catch(() => {})
    throw thrown
  }
}

async function end(run: ToolRunner, { host, once }: Effect): Promise<void> {
  await runOnHost(run, host, { argv: ['sh', '-c', END, 'salvor', once], signal: AbortSignal.timeout(LOOK_MS) })
}

/** It is known there after the first time, so a connection that breaks in between is no reason not to ask again. */
async function begin(run: ToolRunner, of: Effect & { readonly argv: readonly string[] }): Promise<void> {
  const argv = ['sh', '-c', BEGIN, 'salvor', of.once, writeRun(of.argv)]
  let mayHaveBegun = false
  for (let attempt = 1; ; attempt += 1) {
    try {
      const { exitCode, stdoutTail, stderrTail } = await runOnHost(run, of.host, {
        argv,
        signal: of.signal,
        timeoutMs: LOOK_MS,
      })
      if (exitCode === 0 && /^(begun|known)$/m.test(stdoutTail)) return
      throw new SalvorError('host_unfit', {
        host: of.host.name,
        code: exitCode ?? 'a signal',
        seen: stderrTail.trim().slice(-300),
      })
    } catch (thrown) {
      if (!isAway(thrown)) throw thrown
      mayHaveBegun ||= !neverReached(thrown)
      if (attempt >= 3) throw mayHaveBegun ? brokeOff(of, thrown) : thrown
      await sleep(AGAIN_MS, undefined, { signal: of.signal })
    }
  }
}

async function waitForEnd(
  run: ToolRunner,
  of: Effect,
): Promise<Extract<EffectState, { is: 'ended' }> | { is: 'killed' }> {
  const until = performance.now() + of.timeoutMs
  for (;;) {
    of.signal.throwIfAborted()
    const state = await look(run, of).catch((thrown: unknown) => {
      if (of.signal.aborted) return null
      if (isAway(thrown) && performance.now() <= until + GRACE_MS) return null
      throw thrown instanceof SalvorError ? brokeOff(of, thrown) : thrown
    })
    if (state === null) await sleep(AGAIN_MS)
    else if (state.is === 'ended') return state
    else if (state.is === 'lost') throw new SalvorError('host_vanished', { host: of.host.name })
    else if (state.is === 'none') throw new SalvorError('host_forgot', { host: of.host.name })
    else if (state.is === 'begun') await giveUp(run, of)
    else if (performance.now() > until) {
      await end(run, of)
      return { is: 'killed' }
    }
  }
}

async function giveUp(run: ToolRunner, of: Effect): Promise<void> {
  const { stdoutTail } = await runOnHost(run, of.host, {
    argv: ['sh', '-c', GIVE_UP, 'salvor', of.once],
    signal: of.signal,
    timeoutMs: LOOK_MS,
  })
  if (stdoutTail.includes('given up')) throw new SalvorError('host_idle', { host: of.host.name })
}

async function look(run: ToolRunner, of: Effect): Promise<EffectState> {
  const argv = ['sh', '-c', LOOK, 'salvor', of.once]
  const { stdoutTail } = await runOnHost(run, of.host, { argv, signal: of.signal, timeoutMs: LOOK_MS })
  const [, is = '', code = ''] = /^state (\w+) ?(\d*)$/m.exec(stdoutTail) ?? []
  if (is === 'none' || is === 'begun' || is === 'runs' || is === 'lost') return { is }
  if (is !== 'ended') throw new SalvorError('host_away', { host: of.host.name, seen: 'it broke off while it answered' })
  const [, out = '', err = ''] = /^--- out\n([\s\S]*)\n--- err\n([\s\S]*)$/m.exec(stdoutTail) ?? []
  return { is, exitCode: Number(code), out, err }
}

function isAway(thrown: unknown): thrown is SalvorError {
  return thrown instanceof SalvorError && thrown.code === 'host_away'
}

/** The client says so by itself before there is a connection; whatever comes later may come after the command began. */
function neverReached({ facts }: SalvorError): boolean {
  return /^ssh: (?:connect to host|Could not resolve hostname)/.test(String(facts.seen))
}

/** It may be at work there: whoever reads this must look before they go on. */
function brokeOff(of: Effect, { facts }: SalvorError): SalvorError {
  return new SalvorError('host_broke', { host: of.host.name, seen: String(facts.seen) })
}
