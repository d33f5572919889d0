import { hostname } from 'node:os'
import { SalvorError } from '../../domain/errors/fail.ts'
import { durationMs, type ServiceSystem } from '../../domain/recovery-plan.ts'
import { type Log, silentLog } from '../../ports/log.ts'
import type { ServiceIdentity, ServiceTools } from '../../ports/service-tools.ts'
import type { ToolRunner } from '../../ports/tool-runner.ts'
import { checkHealth } from './check-health.ts'
import { readIdentity } from './read-identity.ts'
import { type CommandEnd, runCommand, type ServiceDeps, sayEnd, splitLines } from './run-command.ts'
import { identifyUnit, readJournal, unitCommand } from './systemd-unit.ts'

export interface ServiceToolsDeps {
  readonly run: ToolRunner
  readonly redact: (text: string) => string
  readonly log?: Log
  readonly become?: readonly string[]
  /** Names of this machine, as `host:` of a service may write them; default: the host name, whole and short. */
  readonly machine?: readonly string[]
}

/** argv of a plan that only reads (identity, last lines) ends within this, in milliseconds. */
const readTimeoutMs = 15_000

/** Lines before the last ones that are read as well: what a line holds may be told by one before it. */
const linesBefore = 100

/** Hands for services of this machine: systemd units, and services with argv of their own. */
export function createServiceTools(of: ServiceToolsDeps): ServiceTools {
  const { log = silentLog, become = [] } = of
  const deps: ServiceDeps = { run: of.run, redact: of.redact, become }
  const machine = of.machine ?? [hostname(), hostname().split('.')[0] ?? '']

  const commandOf: ServiceTools['commandOf'] = (service, name, verb) => {
    const argv = service[verb] ?? (service.unit === undefined ? undefined : unitCommand(deps, verb, service.unit))
    if (argv === undefined) throw new SalvorError('service_no_command', { service: name, command: verb })
    return argv
  }

  const command = async (
    verb: 'restart' | 'stop' | 'start',
    service: ServiceSystem,
    name: string,
    signal: AbortSignal,
  ): Promise<CommandEnd> => {
    refuseElsewhere(service, name, machine)
    const argv = commandOf(service, name, verb)
    const limit = durationMs(service.commandWithin)
    const result = await runCommand(deps, argv, signal, limit)
    const end = sayEnd(deps, argv, result)
    log.info({ service: name, verb, ...end }, 'service command ended')
    if (result.killedFor === 'timeout')
      throw new SalvorError('service_command_hangs', { service: name, command: verb, seconds: limit / 1000 })
    return end
  }

  return {
    async identify(service, name, signal) {
      refuseElsewhere(service, name, machine)
      if (service.unit !== undefined) return identifyUnit(deps, service.unit, name, signal)
      return identifyByArgv(deps, service.identity, signal)
    },
    commandOf,
    restart: (service, name, signal) => command('restart', service, name, signal),
    stop: (service, name, signal) => command('stop', service, name, signal),
    start: (service, name, signal) => command('start', service, name, signal),
    async lastLines(service, name, count, signal) {
      refuseElsewhere(service, name, machine)
      const lines =
        service.lastLines !== undefined
          ? splitLines((await runCommand(deps, service.lastLines, signal, readTimeoutMs)).stdoutTail)
          : service.unit !== undefined
            ? await readJournal(deps, service.unit, count + linesBefore, signal)
            : []
      // As one text: a key or a row may go over several lines.
      return splitLines(deps.redact(lines.join('\n'))).slice(-count)
    },
    checkHealth: (check) => checkHealth(deps, check),
    async runArgv(argv, signal) {
      return sayEnd(deps, argv, await runCommand(deps, argv, signal))
    },
  }
}

/** What names the process in what `identity` prints, while it ends with 0. Without `identity` nothing is known. */
async function identifyByArgv(
  deps: ServiceDeps,
  argv: readonly string[] | undefined,
  signal: AbortSignal,
): Promise<ServiceIdentity> {
  if (argv === undefined) return { text: null, active: false, said: 'unknown: the plan has no `identity` for it' }
  const result = await runCommand(deps, argv, signal, readTimeoutMs)
  const text = readIdentity(splitLines(result.stdoutTail))
  if (result.exitCode === 0 && text !== null) return { text, active: true, said: 'running' }
  return { text: null, active: false, said: `not running (${sayEnd(deps, argv, result).said})` }
}

function refuseElsewhere({ host }: ServiceSystem, service: string, machine: readonly string[]): void {
  if (host === undefined || machine.includes(host)) return
  throw new SalvorError('service_elsewhere', { service, host, here: machine[0] ?? 'another' })
}
