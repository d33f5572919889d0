import type { HealthCheck, ServiceSystem } from '../domain/recovery-plan.ts'

/** Which process a service is. Two identities that differ are two processes. */
export interface ServiceIdentity {
  /** systemd's InvocationID and MainPID, or the line that `identity` argv printed; null when it does not run. */
  readonly text: string | null
  readonly active: boolean
  /** `active (running)`, `failed (exit-code)` … for people. */
  readonly said: string
}

export interface ServiceTools {
  identify(service: ServiceSystem, name: string, signal: AbortSignal): Promise<ServiceIdentity>
  /** argv that restarts, stops or starts a service, as it will run. Throws `service_no_command`. */
  commandOf(service: ServiceSystem, name: string, verb: 'restart' | 'stop' | 'start'): readonly string[]
  restart(
    service: ServiceSystem,
    name: string,
    signal: AbortSignal,
  ): Promise<{ readonly exitCode: number | null; readonly said: string }>
  stop(
    service: ServiceSystem,
    name: string,
    signal: AbortSignal,
  ): Promise<{ readonly exitCode: number | null; readonly said: string }>
  start(
    service: ServiceSystem,
    name: string,
    signal: AbortSignal,
  ): Promise<{ readonly exitCode: number | null; readonly said: string }>
  /** The last lines of its log, redacted, newest last. Empty when there is no way to read them. */
  lastLines(service: ServiceSystem, name: string, count: number, signal: AbortSignal): Promise<string[]>
  /** Asks until it passes or its time is over. `sql` checks use `sqlUrl`. */
  checkHealth(of: {
    readonly check: HealthCheck
    readonly sqlUrl?: string
    readonly signal: AbortSignal
    readonly onTry?: (said: string) => void
  }): Promise<{ readonly healthy: boolean; readonly said: string; readonly seconds: number }>
  /** Runs a plan's argv (stop of a migration) and answers how it ended. */
  runArgv(
    argv: readonly string[],
    signal: AbortSignal,
  ): Promise<{ readonly exitCode: number | null; readonly said: string }>
}
