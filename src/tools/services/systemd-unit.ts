import { SalvorError } from '../../domain/errors/fail.ts'
import type { ServiceIdentity } from '../../ports/service-tools.ts'
import { runCommand, type ServiceDeps, sayEnd, splitLines } from './run-command.ts'

const properties = [
  'LoadState',
  'ActiveState',
  'SubState',
  'Result',
  'InvocationID',
  'MainPID',
  'ExecMainStatus',
  'NRestarts',
] as const

/** Reading a unit takes milliseconds; a bus that hangs must not hang a recovery. */
const readTimeoutMs = 15_000

/**
 * Which process a unit is, by what systemd shows and not by an exit code: `systemctl restart` answers 0 for a unit
 * that dies at once. Throws `service_unit_unknown`.
 */
export async function identifyUnit(
  deps: ServiceDeps,
  unit: string,
  service: string,
  signal: AbortSignal,
): Promise<ServiceIdentity> {
  const argv = systemctl(deps, ['show', `--property=${properties.join(',')}`, '--', unit])
  const result = await runCommand(deps, argv, signal, readTimeoutMs)
  const shown = Object.fromEntries(
    splitLines(result.stdoutTail).map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  ) as Partial<Record<(typeof properties)[number], string>>
  if (result.exitCode !== 0 || shown.ActiveState === undefined) {
    const { said } = sayEnd(deps, ['systemctl'], result)
    throw new SalvorError('tool_failed', { tool: 'systemctl', code: result.exitCode ?? 'a signal', seen: said })
  }
  if (shown.LoadState === 'not-found') throw new SalvorError('service_unit_unknown', { unit, service })
  const active = shown.ActiveState === 'active' || shown.ActiveState === 'reloading'
  return {
    text: active ? `${shown.InvocationID ?? ''} ${shown.MainPID ?? '0'}` : null,
    active,
    said: saysState(shown),
  }
}

/** `active (running)`, `failed (exit-code, status 1)`, `activating (auto-restart, 3 restarts)`. */
function saysState(shown: Partial<Record<(typeof properties)[number], string>>): string {
  const { ActiveState = 'unknown', SubState = '', Result = '', ExecMainStatus = '0', NRestarts = '0' } = shown
  const details = [
    ActiveState === 'failed' ? Result : SubState,
    ...(ActiveState === 'failed' && Result === 'exit-code' ? [`status ${ExecMainStatus}`] : []),
    ...(ActiveState === 'activating' && NRestarts !== '0' ? [`${NRestarts} restarts`] : []),
  ]
  return `${ActiveState} (${details.join(', ')})`
}

/** argv that restarts, stops or starts a unit. It answers when systemd's own job has ended. */
export function unitCommand(
  deps: Pick<ServiceDeps, 'become'>,
  verb: 'restart' | 'stop' | 'start',
  unit: string,
): string[] {
  return systemctl(deps, [verb, '--', unit])
}

/** The unit's last lines as the journal has them, newest last; empty where the journal cannot be read. */
export async function readJournal(
  deps: ServiceDeps,
  unit: string,
  count: number,
  signal: AbortSignal,
): Promise<string[]> {
  const argv = [
    ...deps.become,
    'journalctl',
    '--no-pager',
    '--quiet',
    '--output=cat',
    `--lines=${count}`,
    `--unit=${unit}`,
  ]
  const { stdoutTail } = await runCommand(deps, argv, signal, readTimeoutMs)
  return splitLines(stdoutTail)
}

function systemctl({ become }: Pick<ServiceDeps, 'become'>, args: readonly string[]): string[] {
  return [...become, 'systemctl', '--no-pager', '--no-ask-password', ...args]
}
