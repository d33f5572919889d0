import { commandRegister } from '../../../commands/index.ts'
import type { Event } from '../../../src/domain/events.ts'
import type { Incident } from '../../../src/domain/incident.ts'
import type { Utterance } from '../../../src/domain/person.ts'
import type { RecoveryPlan } from '../../../src/domain/recovery-plan.ts'
import type { RunView } from '../../../src/domain/run.ts'
import type { JobView } from '../../../src/domain/view.ts'
import type { AnyJobKind } from '../../../src/engine/define-job.ts'
import type { SayDeps } from '../../../src/engine/say/deps.ts'
import { createOutsiders } from '../../../src/engine/say/outsiders.ts'
import { type Given, runWords } from '../../../src/engine/say/run-words.ts'
import { silentLog } from '../../../src/ports/log.ts'
import type { Tools } from '../../../src/ports/tools.ts'
import { fakeEngine } from './engine.ts'
import { fakePlan, fakePlans, fakeRoles } from './plan.ts'
import { fakeStore } from './store.ts'
import { fakeIncident } from './views.ts'

export interface Talk {
  readonly engine: ReturnType<typeof fakeEngine>
  readonly deps: SayDeps
  /** What alice (or another) hears when saying this in C0INC. */
  says(person: string, text: string, given?: Given): ReturnType<typeof runWords>
  /** Moves of the engine so far, by name. */
  moves(): string[]
}

/** People talking to Salvor in a channel with one open incident, at 18:05 UTC (03:05 in Seoul). */
export function startTalk(
  of: {
    readonly plan?: RecoveryPlan
    readonly incidents?: readonly Incident[]
    readonly jobs?: readonly JobView[]
    readonly events?: readonly Event[]
    readonly runs?: readonly RunView[]
    readonly tools?: Tools | null
    readonly failWith?: Error
    readonly channel?: string | null
    readonly deps?: Partial<SayDeps>
  } = {},
): Talk {
  const plan = of.plan ?? fakePlan()
  const engine = fakeEngine(of.failWith)
  const deps: SayDeps = {
    commands: commandRegister,
    jobs: {
      find: (name) => (['restore', 'restart', 'undo'].includes(name) ? fakeKind(name) : undefined),
      list: () => [],
    },
    plans: fakePlans(plan),
    roles: fakeRoles(plan),
    engine,
    store: fakeStore({
      ...{ incidents: of.incidents ?? [fakeIncident()], jobs: of.jobs ?? [] },
      ...{ events: of.events ?? [], runs: of.runs ?? [] },
    }),
    tools: of.tools ?? null,
    readiness: async () => [],
    expand: (text) => text,
    resolvePath: (path) => `/plan/${path}`,
    outsiders: createOutsiders({ clock: { now: () => new Date('2026-02-28T18:05:00.000Z') }, engine, later: () => {} }),
    clock: { now: () => new Date('2026-02-28T18:05:00.000Z') },
    log: silentLog,
    ...of.deps,
  }
  const channel = of.channel === undefined ? 'C0INC' : of.channel
  let count = 0
  return {
    engine,
    deps,
    says: (person, text, given = {}) => {
      count += 1
      return runWords(deps, utter(person, `r${count}`, channel), text, given)
    },
    moves: () => engine.calls.map(({ move }) => move),
  }
}

function utter(person: string, requestId: string, channel: string | null): Utterance {
  const at = '2026-02-28T18:05:00.000Z'
  return { requestId, person: { id: person, slack: null, os: null }, via: 'slash', channel, thread: null, at }
}

/** Just enough of a kind: its system is what its params say. */
function fakeKind(name: string): AnyJobKind {
  const kind: Partial<AnyJobKind> = {
    name,
    system: (params: { system?: string; service?: string }) => params.system ?? params.service ?? null,
    card: () => ({ headline: `${name} of a system`, lines: [] }),
  }
  return kind as AnyJobKind
}
