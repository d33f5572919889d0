import { type ReadPlan, readPlan } from './read-plan.ts'

export interface PlanWatch {
  close(): void
}

/**
 * Looks at the plan file and the files it names every `everyMs` and hands on what changed. A faulty file is said
 * once and leaves the plan in force alone. Polls, because file events are lost on network and container mounts.
 */
export function watchPlan(of: {
  readonly path: string
  readonly digest: string
  readonly everyMs?: number
  readonly onChange: (read: ReadPlan) => void | Promise<void>
  readonly onFault: (error: unknown) => void
}): PlanWatch {
  let digest = of.digest
  let fault = ''
  let closed = false
  let timer: NodeJS.Timeout | undefined
  const look = async (): Promise<void> => {
    try {
      const read = await readPlan(of.path)
      if (closed) return
      fault = ''
      if (read.plan.digest !== digest) {
        await of.onChange(read)
        digest = read.plan.digest
      }
    } catch (error) {
      const said = error instanceof Error ? error.message : String(error)
      if (!closed && said !== fault) of.onFault(error)
      fault = said
    }
  }
  const schedule = (): void => {
    timer = setTimeout(() => void look().finally(() => closed || schedule()), of.everyMs ?? 2000)
    timer.unref()
  }
  schedule()
  return {
    close() {
      closed = true
      clearTimeout(timer)
    },
  }
}
