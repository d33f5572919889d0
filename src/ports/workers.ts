/** A worker process that said it is alive. */
export interface LiveWorker {
  readonly name: string
  readonly process: string
  readonly planDigest: string | null
  /** ISO 8601 UTC. */
  readonly seenAt: string
}

/** Who is there to work. */
export interface WorkerBook {
  sayAlive(name: string, process: string, planDigest: string | null): Promise<void>
  list(): Promise<LiveWorker[]>
}
