import type { Approval, Decision } from '../../src/domain/approval.ts'
import { mayMoveApproval } from '../../src/domain/approval.ts'
import type { Due } from '../../src/domain/due.ts'
import type { Incident } from '../../src/domain/incident.ts'
import { isResting, type Job, mayMoveJob } from '../../src/domain/job.ts'
import type { Json } from '../../src/domain/json.ts'
import type { Risk } from '../../src/domain/risk.ts'
import { mayMoveStep, type Step } from '../../src/domain/step.ts'
import type { JobView } from '../../src/domain/view.ts'
import type { Policy } from '../../src/ports/plans.ts'
import type { Lease, Leases, Store, StoreTx } from '../../src/ports/store.ts'

interface State {
  incident: Incident
  jobs: Map<string, Job>
  steps: Map<string, Step>
  approvals: Map<string, Approval>
  locks: Map<string, string>
  requests: Map<string, Json>
  counters: Map<string, number>
  wrong: string[]
  shown: { approval: string; person: string; at: string }[]
  events: { type: string; job: string | null; actor: string; data: unknown }[]
}

/** What the moves need of a store, in memory: for many sequences of what people do, not for how PostgreSQL keeps it. */
export interface MemoryStore {
  readonly store: Store
  readonly leases: Leases
  readonly state: () => State
  /** The session that holds the lease of a step ends. */
  loseLease(step: string): void
}

/** Rows move only as the domain's tables say; what the store's functions refuse, this refuses by throwing as well. */
export function createMemoryStore(of: {
  readonly now: () => Date
  readonly policyFor: (system: string | null, risk: Risk) => Policy
  readonly undoable: boolean
}): MemoryStore {
  let state: State = {
    incident: { number: 1, state: 'open', headNo: 0 } as Incident,
    ...{ jobs: new Map(), steps: new Map(), approvals: new Map(), locks: new Map(), requests: new Map() },
    ...{ counters: new Map(), wrong: [], shown: [], events: [] },
  }
  const at = () => of.now().toISOString()
  const view = (id: string): JobView | undefined => {
    const job = state.jobs.get(id)
    if (!job) return undefined
    const steps = [...state.steps.values()].filter((one) => one.job === id)
    return {
      job,
      steps,
      approvals: [...state.approvals.values()].filter((one) => one.job === id),
      accepted: [],
      asks: [],
    }
  }
  const change = <T>(map: Map<string, T>, id: string, patch: Partial<T>) => {
    const old = map.get(id)
    if (old) map.set(id, { ...old, ...patch })
  }
  const setApproval = (id: string, to: Approval['state'], more: Partial<Approval> = {}) => {
    const old = state.approvals.get(id)
    if (!old || !mayMoveApproval(old.state, to)) throw new Error(`approval ${id} may not move to ${to}`)
    state.approvals.set(id, { ...old, ...more, state: to })
  }
  const tx = {
    async claimRequest(id) {
      if (state.requests.has(id)) return { answer: state.requests.get(id) ?? null }
      state.requests.set(id, null)
      return undefined
    },
    answerRequest: async (id, answer) => void state.requests.set(id, answer),
    async nextNumber(counter) {
      const next = (state.counters.get(counter) ?? 0) + 1
      state.counters.set(counter, next)
      return next
    },
    lockIncident: async () => state.incident,
    updateIncident: async (_, patch) => {
      state.incident = { ...state.incident, ...patch }
    },
    lockJob: async (id) => view(id),
    insertJob: async (job) => void state.jobs.set(job.id, job),
    async updateJob(id, patch) {
      const old = state.jobs.get(id)
      if (old && patch.state !== undefined && patch.state !== old.state && !mayMoveJob(old.state, patch.state)) {
        throw new Error(`job ${id} may not move from ${old.state} to ${patch.state}`)
      }
      change(state.jobs, id, patch)
    },
    insertSteps: async (steps) => {
      for (const step of steps) state.steps.set(step.id, step)
    },
    async startStep(id, { fence, runner, approval }) {
      const step = state.steps.get(id)
      const used = approval === null ? undefined : state.approvals.get(approval)
      if (step?.state !== 'waiting' || step.fence !== fence - 1) return false
      if (step.needsApproval) {
        if (used?.state !== 'granted' || used.step !== id || used.attempt !== step.attempt) return false
        setApproval(used.id, 'used')
      }
      change(state.steps, id, { state: 'running', fence, runner, startedAt: at(), seenAt: at(), failure: null })
      return true
    },
    async moveStep(id, from, patch) {
      const step = state.steps.get(id)
      if (!step || step.state !== from.state || step.fence !== (from.fence ?? step.fence)) return false
      if (from.runner !== undefined && from.runner !== step.runner) return false
      if (patch.state !== undefined && patch.state !== step.state && !mayMoveStep(step.state, patch.state)) {
        throw new Error(`step ${id} may not move from ${step.state} to ${patch.state}`)
      }
      change(state.steps, id, patch)
      return true
    },
    async askApproval(asked) {
      const step = state.steps.get(asked.step)
      const job = step && state.jobs.get(step.job)
      if (!step || !job) throw new Error(`no step ${asked.step}`)
      if ([...state.approvals.values()].some((one) => one.job === job.id && /asked|granted/.test(one.state))) {
        throw new Error(`${job.id} has an open approval`)
      }
      const { approveWithinMs, escalateAfterMs, emergencyAfterMs, ...policy } = of.policyFor(
        step.policySystem ?? null,
        step.risk,
      )
      const after = (ms: number | null) => (ms === null ? null : new Date(of.now().getTime() + ms).toISOString())
      const approval: Approval = {
        ...{ ...asked, ...policy, incident: 1, job: job.id, state: 'asked', requester: job.requester, askedAt: at() },
        ...{ approveBy: after(approveWithinMs) ?? '', remindAt: null, remindedAt: null, escalatedAt: null },
        ...{ escalateAt: after(escalateAfterMs), emergencyAt: of.undoable ? after(emergencyAfterMs) : null },
        ...{ grantedAt: null, runBy: null, decisions: [], accepters: [] },
      }
      state.approvals.set(approval.id, approval)
      return approval
    },
    supersedeApproval: async (id, why) => setApproval(id, 'superseded', { why }),
    async updateApproval(id, { state: to, ...more }) {
      if (to === undefined) change(state.approvals, id, more)
      else setApproval(id, to, more)
    },
    async addDecision(id, decision: Decision) {
      const old = state.approvals.get(id)
      if (!old || old.decisions.some((one) => one.person === decision.person)) return false
      state.approvals.set(id, { ...old, decisions: [...old.decisions, decision] })
      return true
    },
    wasDelivered: async (approval, { id }, before) =>
      state.shown.some((one) => one.approval === approval && one.person === id && one.at <= before),
    countWrongCodes: async (approval) => state.wrong.filter((one) => one === approval).length,
    addWrongCode: async (approval) => void state.wrong.push(approval),
    async takeLock(target, job) {
      if (!state.locks.has(target)) state.locks.set(target, job)
      return state.locks.get(target) ?? job
    },
    async releaseLock(target, job) {
      return state.locks.get(target) === job && state.locks.delete(target)
    },
    announceStop: async () => {},
    // One keeper only, and what was done is due no more.
    takeDue: async () => true,
    lockAsk: async () => undefined,
    async append(_, ...events) {
      for (const { type, job = null, actor, data } of events) state.events.push({ type, job, actor, data })
      return state.events.length
    },
  } as Partial<StoreTx> as StoreTx
  // One transaction after another; what throws leaves nothing behind. Rows are replaced, never changed, so maps suffice.
  let queue: Promise<unknown> = Promise.resolve()
  const transaction = <T>(work: (inside: StoreTx) => Promise<T>): Promise<T> => {
    const run = async () => {
      const before = copy(state)
      try {
        return await work(tx)
      } catch (error) {
        state = before
        throw error
      }
    }
    const next = queue.then(run, run)
    queue = next.catch(() => {})
    return next
  }
  const store = {
    transaction,
    findIncident: async () => state.incident,
    viewJob: async (id) => view(id),
    viewIncident: async () => ({
      incident: state.incident,
      jobs: [...state.jobs.keys()].flatMap((id) => view(id) ?? []),
    }),
    listAltered: async () => [],
    listStrandedJobs: async () => [...state.jobs.values()].filter(({ state: is }) => !isResting(is)),
    async lookAtDue() {
      const now = at()
      const late = [...state.approvals.values()].filter(
        (one) => (one.state === 'asked' && one.approveBy < now) || (one.state === 'granted' && (one.runBy ?? '') < now),
      )
      const due = late.map(({ id, job, approveBy }): Due => {
        const row = { id: `approval_expire ${id}`, kind: 'approval_expire' as const, subject: id, incident: 1, job }
        return { ...row, at: approveBy, tries: 0 }
      })
      return { now: due, nextMs: null }
    },
    listEvents: async () => [],
  } as Partial<Store> as Store
  const held = new Map<string, () => void>()
  return {
    store,
    state: () => state,
    loseLease: (step) => held.get(step)?.(),
    leases: {
      async tryHold(step): Promise<Lease | undefined> {
        if (held.has(step)) return undefined
        const lost = new Set<() => void>()
        held.set(step, () => {
          held.delete(step)
          for (const listener of lost) listener()
        })
        return {
          step,
          transaction: (work) => (held.has(step) ? transaction(work) : Promise.reject(new Error('the lease is lost'))),
          beat: async () => ({ stopRequestedBy: null, stillMine: true }),
          onStop: () => {},
          onLost: (listener) => lost.add(listener),
          close: async () => void held.delete(step),
        }
      },
    },
  }
}

function copy(state: State): State {
  return {
    ...state,
    ...{ jobs: new Map(state.jobs), steps: new Map(state.steps), approvals: new Map(state.approvals) },
    ...{ locks: new Map(state.locks), requests: new Map(state.requests), counters: new Map(state.counters) },
    ...{ wrong: [...state.wrong], shown: [...state.shown], events: [...state.events] },
  }
}
