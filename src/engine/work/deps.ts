import type { Leases } from '../../ports/store.ts'
import type { Tools } from '../../ports/tools.ts'
import type { EngineDeps } from '../deps.ts'

/** What the working side needs beyond the moves: the right to run steps, and hands. */
export interface WorkDeps extends EngineDeps {
  readonly leases: Leases
  readonly tools: Tools
  /** This worker's name, journaled with each start. */
  readonly worker: string
  /** Tells the sessions of this Salvor's steps from another's on the same server; see SessionName. */
  readonly installation: string
  /** Starts a process of its own for one step and resolves when it has ended, however it ended. */
  readonly spawnRunner: (step: string) => Promise<void>
  /** Starts the process of the next such step beforehand. */
  readonly prepareRunner?: () => void
  /** Kills the process that this worker started for a step, if it is still there: one that is frozen cannot end itself. */
  readonly endRunner?: (step: string) => void
  /** Expands `${NAME}` from this process' environment. */
  readonly expand: (text: string) => string
  /** Called once when a running step lost its lease: a process of its own ends itself with its tools. */
  readonly onLeaseLost?: () => void
  readonly redact: (text: string) => string
}
