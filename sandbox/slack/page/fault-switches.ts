import type { CallFaultKind } from '../faults.ts'
import type { Desk } from '../people/desk.ts'
import { announceChange } from '../state.ts'
import type { PageFault } from './wire.ts'

/** How a switch is turned. `seconds`: for 429 the Retry-After, for an outage its length (absent: until turned off). */
export interface FaultOptions {
  readonly seconds?: number
  /** Calls that a counted fault hits. */
  readonly times?: number
}

type Name = PageFault['name']

/** One switch: its words, whether it is on, and how it is turned. */
interface Switch {
  readonly label: string
  meaning(desk: Desk): string
  isOn(desk: Desk): boolean
  turnOn(desk: Desk, options: FaultOptions): void
  turnOff(desk: Desk): void
}

/** Long enough to be seen, short enough that nobody waits for the card. */
const RETRY_AFTER_S = 3
const SLOW_MS = 2_000

const switches: Readonly<Record<Name, Switch>> = {
  rate_limit: counted('rateLimitSeconds', {
    label: 'Too many requests',
    meaning: `429 with Retry-After for edits of messages (chat.update), five times.`,
    plan: ({ faults }, { seconds = RETRY_AFTER_S, times = 5 }) =>
      faults.switches.rateLimit('chat.update', seconds, times),
  }),
  server_error: counted('status', {
    label: 'Server errors',
    meaning: 'HTTP 503 for the next five calls; nothing is done.',
    plan: ({ faults }, { times = 5 }) => faults.switches.serverError('*', 503, times),
  }),
  drop_answer: counted('dropAnswer', {
    label: 'Lost answers',
    meaning: 'The next three calls are done, but the connection is cut instead of an answer.',
    plan: ({ faults }, { times = 3 }) => faults.switches.dropAnswer('*', times),
  }),
  slow: counted('slowMs', {
    label: 'Slow answers',
    meaning: 'Each of the next thirty calls takes two seconds longer.',
    plan: ({ faults }, { times = 30 }) => faults.switches.slow('*', SLOW_MS, times),
  }),
  duplicates: {
    label: 'Duplicate deliveries',
    meaning: () => 'Every command, click and mention reaches the app twice.',
    isOn: ({ faults }) => faults.isDoubling(),
    turnOn: ({ faults }) => faults.switches.duplicateDeliveries(true),
    turnOff: ({ faults }) => faults.switches.duplicateDeliveries(false),
  },
  disconnect: {
    label: 'Disconnects',
    meaning: ({ socketCount }) =>
      socketCount() === undefined
        ? 'Socket Mode only: the app is reached over HTTP here.'
        : 'Slack closes all connections of Socket Mode; the app has to come back.',
    // There is nothing to turn off: it is on until the app is back.
    isOn: ({ socketCount }) => socketCount() === 0,
    turnOn({ faults, socketCount }) {
      if (socketCount() === undefined)
        throw new Error('The app is reached over HTTP: only an app in Socket Mode has connections to lose.')
      faults.switches.disconnectSockets('refresh_requested')
    },
    turnOff: () => undefined,
  },
  outage: {
    label: 'Slack is down',
    meaning: () => 'Nobody reaches Slack: neither the app nor people. Running work goes on without it.',
    isOn: ({ faults }) => faults.isOut(),
    turnOn: ({ faults }, { seconds }) => faults.switches.outage(true, seconds && seconds * 1_000),
    turnOff: ({ faults }) => faults.switches.outage(false),
  },
}

/** Every switch as the page shows it. A counted one is on while it has calls left to hit. */
export function listFaults(desk: Desk): PageFault[] {
  const until = desk.faults.outUntil()
  return Object.entries(switches).map(([name, one]) => ({
    name: name as Name,
    label: one.label,
    meaning: one.meaning(desk),
    on: one.isOn(desk),
    ...(name === 'outage' && until !== undefined ? { until } : {}),
  }))
}

/**
 * Turns a switch; on again replaces what was on. `options` are FaultOptions as they came over the wire, not yet checked.
 * Throws with words for a person where it cannot be turned.
 */
export function turnFault(desk: Desk, name: string, on: boolean, options: unknown = {}): void {
  const found = Object.hasOwn(switches, name) ? switches[name as Name] : undefined
  if (!found) throw new Error(`There is no fault ${name}: ${Object.keys(switches).join(', ')}.`)
  found.turnOff(desk)
  if (on) found.turnOn(desk, readOptions(options))
  announceChange(desk.state)
}

/** A fault that hits a number of calls. */
function counted(
  kind: CallFaultKind,
  of: { readonly label: string; readonly meaning: string; plan(desk: Desk, options: FaultOptions): void },
): Switch {
  const countLeft = ({ faults }: Desk) =>
    faults
      .listPlanned()
      .filter((one) => one.fault[kind] !== undefined)
      .reduce((sum, one) => sum + one.left, 0)
  return {
    label: of.label,
    meaning(desk) {
      const left = countLeft(desk)
      return left > 0 ? `${of.meaning} ${left} left.` : of.meaning
    },
    isOn: (desk) => countLeft(desk) > 0,
    turnOn: (desk, options) => of.plan(desk, options),
    turnOff: ({ faults }) => faults.cancelPlanned(kind),
  }
}

/** Anything that is no reasonable number counts as absent. */
function readOptions(options: unknown): FaultOptions {
  const { seconds, times } = (options ?? {}) as Readonly<Record<string, unknown>>
  const isCount = (value: unknown): value is number => typeof value === 'number' && value > 0 && value <= 3_600
  return { ...(isCount(seconds) ? { seconds } : {}), ...(isCount(times) ? { times } : {}) }
}
