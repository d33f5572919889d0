import type { Clock } from '../ports/clock.ts'
import type { Log } from '../ports/log.ts'
import type { Plans, RoleBook } from '../ports/plans.ts'
import type { Store } from '../ports/store.ts'
import type { Wakeups } from '../ports/wakeups.ts'
import type { JobRegister } from './define-job.ts'

/** What the engine needs of the world to make its moves. */
export interface EngineDeps {
  readonly store: Store
  readonly wakeups: Wakeups
  readonly jobs: JobRegister
  readonly plans: Plans
  readonly roles: RoleBook
  readonly clock: Clock
  readonly log: Log
}
