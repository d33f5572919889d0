import type { Clock } from '../../ports/clock.ts'
import type { Log } from '../../ports/log.ts'
import type { Plans, RoleBook } from '../../ports/plans.ts'
import type { StoreReader } from '../../ports/reader.ts'
import type { Tools } from '../../ports/tools.ts'
import type { AnyCommand, CommandContext } from '../define-command.ts'
import type { JobRegister } from '../define-job.ts'
import type { Engine } from '../engine.ts'
import type { LookWhetherReady } from '../readiness/create-readiness.ts'
import type { Outsiders } from './outsiders.ts'

/** What it takes to act on somebody's words; the same for Slack and the terminal. */
export interface SayDeps {
  readonly commands: readonly AnyCommand[]
  readonly jobs: JobRegister
  readonly plans: Plans
  readonly roles: RoleBook
  readonly engine: Engine
  readonly store: StoreReader
  /** Null in a process that may not touch targets. */
  readonly tools: Tools | null
  /** For `plan check`. */
  readonly readiness: LookWhetherReady
  /** Expands `${NAME}` from this process' environment; throws `plan_variable`. */
  expand(text: string): string
  /** Makes a path of the plan absolute. */
  resolvePath(path: string): string
  /** Left out where nobody shares files, such as at a terminal. */
  readonly uploads?: CommandContext['uploads']
  readonly outsiders: Outsiders
  readonly clock: Clock
  readonly log: Log
}
