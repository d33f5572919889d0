import { doWhatIsDue } from '../../src/engine/due/do-what-is-due.ts'
import { createEngine } from '../../src/engine/engine.ts'
import { advance } from '../../src/engine/work/advance.ts'
import type { WorkDeps } from '../../src/engine/work/deps.ts'
import { executeStep } from '../../src/engine/work/execute-step.ts'
import { silentLog } from '../../src/ports/log.ts'
import type { Policy } from '../../src/ports/plans.ts'
import type { Tools } from '../../src/ports/tools.ts'
import type { DecisionWorld } from './decision-acts.ts'
import { createDemoKind, demoPlan, type Script } from './engine-world.ts'
import { createMemoryStore } from './memory-store.ts'

const policy: Policy = {
  ...{ from: ['dba'], count: 1, notRequester: true, approveWithinMs: 60_000, runWithinMs: 60_000 },
  ...{ escalateTo: [], escalateAfterMs: null, secondFactor: null, emergencyFrom: [], emergencyAfterMs: null },
}

/** The engine over a store in memory, with a clock that a test turns: as fast as the moves themselves. */
export function createMemoryWorld(): DecisionWorld {
  let now = Date.UTC(2026, 0, 1)
  const script: Script = {
    ...{ run: async () => null, isDone: async () => ({ done: 'no' }), calls: {}, report: { recovers: false } },
    evidence: () => {
      throw new Error('nothing is shown yet')
    },
  }
  const kind = createDemoKind(script, false)
  const policyFor = (_: string | null, risk: string) => ({ ...policy, count: risk === 'destructive' ? 1 : 0 })
  const memory = createMemoryStore({ now: () => new Date(now), policyFor, undoable: false })
  const pending: string[] = []
  const members = (role: string) => demoPlan.roles[role]?.users ?? []
  const deps: WorkDeps = {
    ...{ store: memory.store, leases: memory.leases, log: silentLog, tools: {} as Tools, worker: 'test' },
    ...{ installation: '0', expand: (text: string) => text, redact: (text: string) => text },
    wakeups: { wake: async ({ job }) => void pending.push(job) },
    jobs: { find: (name) => (name === kind.name ? kind : undefined), list: () => [kind] },
    plans: {
      inForce: async () => demoPlan,
      byDigest: async () => demoPlan,
      policyFor: (_plan, system, risk) => policyFor(system, risk),
    },
    roles: {
      holds: async (person, role) => members(role).includes(person.id),
      peopleOf: async (roles) => roles.flatMap(members),
    },
    clock: { now: () => new Date(now) },
    spawnRunner: async (step) => void (await executeStep(deps, step)),
  }
  return {
    ...{ deps, script, target: 'orders', engine: createEngine(deps) },
    async settle() {
      for (let job = pending.shift(); job !== undefined; job = pending.shift()) await advance(deps, job)
    },
    forgetWakeups: () => {
      pending.length = 0
    },
    async later() {
      now += 45_000
      await doWhatIsDue(deps)
    },
    expire: async () => void (await doWhatIsDue(deps)),
    deliver: async (approval, person) => {
      memory.state().shown.push({ approval, person, at: deps.clock.now().toISOString() })
    },
    loseLease: async (step) => memory.loseLease(step),
  }
}
