/** A worker process that said it is alive. */
export interface LiveWorker {
  readonly name: string
  readonly process: string
  readonly planDigest: string | null
  /** ISO 8601 UTC. */
  readonly seenAt: string
}

/** A session of the store that holds what somebody else wants to hold. */
export interface Holder {
  readonly pid: number
  readonly role: string
  /** What it calls itself. */
  readonly application: string
}

/** Who is there to work. */
export interface WorkerBook {
  /** Throws when this login may not speak for that name. */
  sayAlive(name: string, process: string, planDigest: string | null): Promise<void>
  list(): Promise<LiveWorker[]>
  /** The session that holds a key of the store; undefined when nobody does. */
  findHolder(key: string): Promise<Holder | undefined>
  /** The session that holds the lease of a step and is no runner of the worker that may hold it; undefined when none. */
  findStranger(step: string, worker: string | null): Promise<Holder | undefined>
}
