import { hostname } from 'node:os'
import { SalvorError } from '../../domain/errors/fail.ts'
import { durationMs } from '../../domain/recovery-plan.ts'
import type { HostAddress } from '../../ports/host.ts'
import { type Log, silentLog } from '../../ports/log.ts'
import type { PlacedService, ServiceIdentity, ServiceTools } from '../../ports/service-tools.ts'
import type { ToolRunner } from '../../ports/tool-runner.ts'
import { createHostRunner } from '../hosts/ask-host.ts'
import { awaitEnd, runOnce } from '../hosts/run-once.ts'
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

type Verb = 'restart' | 'stop' | 'start'

/** argv of a plan that only reads (identity, last lines) ends within this, in milliseconds. */
const readTimeoutMs = 15_000

/** Lines before the last ones that are read as well: what a line holds may be told by one before it. */
const linesBefore = 100

/** Tools for services: systemd units, and services with argv of their own, on this machine or on a host. */
export function createServiceTools(of: ServiceToolsDeps): ServiceTools {
  const { log = silentLog, become = [] } = of
  const here: ServiceDeps = { run: of.run, redact: of.redact, become }
  const machine = of.machine ?? [hostname(), hostname().split('.')[0] ?? '']

  const depsOn = (on: HostAddress | undefined): ServiceDeps =>
    on === undefined ? here : { run: createHostRunner(of.run, on), redact: of.redact, become: on.become }
  const depsOf = (service: PlacedService, name: string): ServiceDeps => {
    const { on } = service
    if (on === undefined && service.host !== undefined && !machine.includes(service.host))
      throw new SalvorError('service_elsewhere', { service: name, host: service.host, here: machine[0] ?? 'another' })
    return depsOn(on)
  }

  const commandOf: ServiceTools['commandOf'] = (service, name, verb) => {
    const { become: before } = depsOn(service.on)
    const unit = service.unit === undefined ? undefined : unitCommand({ become: before }, verb, service.unit)
    const argv = service[verb] ?? unit
    if (argv === undefined) throw new SalvorError('service_no_command', { service: name, command: verb })
    return argv
  }

  const command = async (
    verb: Verb,
    service: PlacedService,
    name: string,
    signal: AbortSignal,
  ): Promise<CommandEnd> => {
    const deps = depsOf(service, name)
    const argv = commandOf(service, name, verb)
    const limit = durationMs(service.commandWithin)
    const { on } = service
    const result =
      on === undefined
        ? await runCommand(deps, argv, signal, limit)
        : await runOnce(of.run, { host: on, once: nameEffect(on, name, verb), argv, signal, timeoutMs: limit })
    const end = sayEnd(deps, argv, result)
    log.info({ service: name, verb, ...end }, 'service command ended')
    if (result.killedFor === 'timeout')
      throw new SalvorError('service_command_hangs', { service: name, command: verb, seconds: limit / 1000 })
    return end
  }

  return {
    async identify(service, name, signal) {
      const deps = depsOf(service, name)
      if (service.unit !== undefined) return identifyUnit(deps, service.unit, name, signal)
      return identifyByArgv(deps, service.identity, name, signal)
    },
    commandOf,
    restart: (service, name, signal) => command('restart', service, name, signal),
    stop: (service, name, signal) => command('stop', service, name, signal),
    start: (service, name, signal) => command('start', service, name, signal),
    async awaitCommand(service, name, verb, signal) {
      const { on } = service
      if (on === undefined) return
      const timeoutMs = durationMs(service.commandWithin)
      await awaitEnd(of.run, { host: on, once: nameEffect(on, name, verb), signal, timeoutMs })
    },
    async lastLines(service, name, count, signal) {
      const deps = depsOf(service, name)
      const lines =
        service.lastLines !== undefined
          ? splitLines((await runCommand(deps, service.lastLines, signal, readTimeoutMs)).stdoutTail)
          : service.unit !== undefined
            ? await readJournal(deps, service.unit, count + linesBefore, signal)
            : []
      // As one text: a key or a row may go over several lines.
      return splitLines(deps.redact(lines.join('\n'))).slice(-count)
    },
    checkHealth: (check) => checkHealth(depsOn(check.on), check),
    async runArgv(argv, signal) {
      return sayEnd(here, argv, await runCommand(here, argv, signal))
    },
  }
}

/** One attempt of one step may command several services. */
function nameEffect({ name: host, once }: HostAddress, service: string, verb: Verb): string {
  if (once === undefined) throw new Error(`a command for ${service} on ${host} needs a step to belong to`)
  return `${once}-${service}-${verb}`.replace(/[^\w.-]/g, '-')
}

/** What names the process in what `identity` prints, while it ends with 0. Without `identity` nothing is known. */
async function identifyByArgv(
  deps: ServiceDeps,
  argv: readonly string[] | undefined,
  service: string,
  signal: AbortSignal,
): Promise<ServiceIdentity> {
  if (argv === undefined) return { text: null, active: false, said: 'unknown: the plan has no `identity` for it' }
  const result = await runCommand(deps, argv, signal, readTimeoutMs)
  // Silence does not say that it is down.
  if (result.killedFor === 'timeout')
    throw new SalvorError('service_command_hangs', { service, command: 'identity', seconds: readTimeoutMs / 1000 })
  const text = readIdentity(splitLines(result.stdoutTail))
  if (result.exitCode === 0 && text !== null) return { text, active: true, said: 'running' }
  return { text: null, active: false, said: `not running (${sayEnd(deps, argv, result).said})` }
}
