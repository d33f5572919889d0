import { isObject, type Problem } from './blocks/shape.ts'

/** What shall go wrong with one call. */
export interface CallFault {
  readonly rateLimitSeconds?: number
  readonly status?: number
  readonly dropAnswer?: boolean
  readonly slowMs?: number
}

/** Which of a call's faults is meant, by the name of its field. */
export type CallFaultKind = keyof CallFault

/** A fault that waits for calls to hit. */
export interface PlannedFault {
  readonly method: string
  readonly fault: CallFault
  /** Calls that it will still hit. */
  readonly left: number
}

/** The switches that tests turn; times count down with each call that is hit. */
export interface FaultSwitches {
  /** Answers 429 with Retry-After, without doing anything. */
  rateLimit(method: string, retryAfterSeconds: number, times: number): void
  /** Answers with an HTTP error, without doing anything. */
  serverError(method: string, status: number, times: number): void
  /** Does what was asked, then cuts the connection instead of answering. */
  dropAnswer(method: string, times: number): void
  /** Waits before doing what was asked. */
  slow(method: string, ms: number, times: number): void
  /** Slack is gone: every connection is cut, sockets included. After `forMs` it is back by itself. */
  outage(on: boolean, forMs?: number): void
  /** Every payload arrives twice. */
  duplicateDeliveries(on: boolean): void
  /** Events are lost on their way, as after Slack has given up repeating them. */
  loseEvents(on: boolean): void
  /** Tells open sockets to go, the oldest first; Slack refreshes one at a time, so `howMany` may be 1. Default: all. */
  disconnectSockets(
    reason: 'warning' | 'refresh_requested' | 'link_disabled' | 'too_many_websockets',
    howMany?: number,
  ): void
  /** Refuses blocks of a type as if it had not been rolled out yet. */
  pretendInvalidBlocks(type: string, times: number): void
  /** How long sharing a file takes; Infinity: it never happens. */
  delayFileShare(ms: number): void
}

/** The switches as the server reads them. */
export interface Faults {
  readonly switches: FaultSwitches
  takeFor(method: string): CallFault
  findPretendedInvalid(blocks: readonly unknown[]): Problem | undefined
  fileShareDelay(): number
  isOut(): boolean
  /** Throws what people's own Slack shows while it reaches nothing: they cannot type or press anything either. */
  needSlack(): void
  /** Milliseconds since the epoch at which an outage ends by itself; undefined where it stays, or there is none. */
  outUntil(): number | undefined
  isDoubling(): boolean
  isLosingEvents(): boolean
  /** What has hits left, oldest first. */
  listPlanned(): readonly PlannedFault[]
  /** Takes back what is planned of one kind. */
  cancelPlanned(kind: CallFaultKind): void
  /** Everything off, as at the start. */
  calm(): void
}

const SHARE_DELAY_MS = 150

/** Makes a set of faults, all off. `sockets` are called when connections shall end, `changed` when an outage has ended. */
export function createFaults(sockets: {
  readonly cut: () => void
  readonly disconnect: (reason: string, howMany?: number) => void
  readonly changed?: () => void
}): Faults {
  const planned: { method: string; fault: CallFault; left: number }[] = []
  const pretended: { type: string; left: number }[] = []
  const state: { outage: Outage | undefined; doubling: boolean; losing: boolean; shareDelay: number } = {
    outage: undefined,
    doubling: false,
    losing: false,
    shareDelay: SHARE_DELAY_MS,
  }
  const end = () => {
    clearTimeout(state.outage?.timer)
    state.outage = undefined
  }
  const begin = (forMs: number | undefined) => {
    end()
    const over = () => {
      end()
      sockets.changed?.()
    }
    state.outage = forMs === undefined ? {} : { until: Date.now() + forMs, timer: setTimeout(over, forMs).unref() }
    sockets.cut()
  }
  const plan = (method: string, fault: CallFault, left: number) => void planned.push({ method, fault, left })

  return {
    switches: {
      rateLimit: (method, rateLimitSeconds, times) => plan(method, { rateLimitSeconds }, times),
      serverError: (method, status, times) => plan(method, { status }, times),
      dropAnswer: (method, times) => plan(method, { dropAnswer: true }, times),
      slow: (method, slowMs, times) => plan(method, { slowMs }, times),
      outage: (on, forMs) => (on ? begin(forMs) : end()),
      duplicateDeliveries(on) {
        state.doubling = on
      },
      loseEvents(on) {
        state.losing = on
      },
      disconnectSockets: (reason, howMany) => sockets.disconnect(reason, howMany),
      pretendInvalidBlocks: (type, times) => void pretended.push({ type, left: times }),
      delayFileShare(ms) {
        state.shareDelay = ms
      },
    },
    takeFor(method) {
      const hit = planned.find((one) => one.left > 0 && (one.method === '*' || one.method === method))
      if (!hit) return {}
      hit.left -= 1
      return hit.fault
    },
    findPretendedInvalid(blocks) {
      const hit = pretended.find(
        (one) => one.left > 0 && blocks.some((block) => isObject(block) && block.type === one.type),
      )
      if (!hit) return undefined
      hit.left -= 1
      const index = blocks.findIndex((block) => isObject(block) && block.type === hit.type)
      return { message: `unsupported type: ${hit.type}`, pointer: `/blocks/${index}/type` }
    },
    fileShareDelay: () => state.shareDelay,
    isOut: () => state.outage !== undefined,
    needSlack() {
      if (state.outage) throw new Error('Slack is down: nothing was sent. Try again when it is back.')
    },
    outUntil: () => state.outage?.until,
    isDoubling: () => state.doubling,
    isLosingEvents: () => state.losing,
    listPlanned: () => planned.filter((one) => one.left > 0),
    cancelPlanned(kind) {
      for (const one of planned) if (one.fault[kind] !== undefined) one.left = 0
    },
    calm() {
      planned.length = 0
      pretended.length = 0
      state.doubling = false
      state.losing = false
      state.shareDelay = SHARE_DELAY_MS
      end()
    },
  }
}

interface Outage {
  readonly until?: number
  readonly timer?: NodeJS.Timeout
}
