import type { HealthCheck, ServiceSystem } from '../domain/recovery-plan.ts'
import type { HostAddress } from './host.ts'

/** Which process a service is. Two identities that differ are two processes. */
export interface ServiceIdentity {
  /** systemd's InvocationID and MainPID, or the line that `identity` argv printed; null when it does not run. */
  readonly text: string | null
  readonly active: boolean
  /** `active (running)`, `failed (exit-code)` … for people. */
  readonly said: string
}

/**
 * A service of the plan with the host that it runs on, as tools reach it. Without one it runs on this machine, by
 * whatever name the plan calls it.
 */
export type PlacedService = ServiceSystem & { readonly on?: HostAddress }

export interface ServiceTools {
  identify(service: PlacedService, name: string, signal: AbortSignal): Promise<ServiceIdentity>
  /** argv that restarts, stops or starts a service, as it will run. Throws `service_no_command`. */
  commandOf(service: PlacedService, name: string, verb: 'restart' | 'stop' | 'start'): readonly string[]
  restart(
    service: PlacedService,
    name: string,
    signal: AbortSignal,
  ): Promise<{ readonly exitCode: number | null; readonly said: string }>
  stop(
    service: PlacedService,
    name: string,
    signal: AbortSignal,
  ): Promise<{ readonly exitCode: number | null; readonly said: string }>
  start(
    service: PlacedService,
    name: string,
    signal: AbortSignal,
  ): Promise<{ readonly exitCode: number | null; readonly said: string }>
  /**
   * On a host a command lives on when its step's process dies: waits until the one of this attempt has ended. Without
   * one, and for a service of this machine, there is nothing to wait for.
   */
  awaitCommand(
    service: PlacedService,
    name: string,
    verb: 'restart' | 'stop' | 'start',
    signal: AbortSignal,
  ): Promise<void>
  /** The last lines of its log, redacted, newest last. Empty when there is no way to read them. */
  lastLines(service: PlacedService, name: string, count: number, signal: AbortSignal): Promise<string[]>
  /** Asks until it passes or its time is over. `sql` checks use `sqlUrl`. */
  checkHealth(of: {
    readonly check: HealthCheck
    readonly sqlUrl?: string
    /** Where argv of the check runs; the rest is asked from here. */
    readonly on?: HostAddress | undefined
    readonly signal: AbortSignal
    readonly onTry?: (said: string) => void
  }): Promise<{ readonly healthy: boolean; readonly said: string; readonly seconds: number }>
  /** Runs a plan's argv (stop of a migration) and answers how it ended. */
  runArgv(
    argv: readonly string[],
    signal: AbortSignal,
  ): Promise<{ readonly exitCode: number | null; readonly said: string }>
}
