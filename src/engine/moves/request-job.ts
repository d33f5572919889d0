import { SalvorError } from '../../domain/errors/fail.ts'
import type { Job } from '../../domain/job.ts'
import type { JsonObject } from '../../domain/json.ts'
import type { Utterance } from '../../domain/person.ts'
import type { RecoveryPlan } from '../../domain/recovery-plan.ts'
import { waitsFor } from '../../domain/waiting.ts'
import type { AnyJobKind } from '../define-job.ts'
import type { EngineDeps } from '../deps.ts'
import { type MoveTx, makeMove } from '../once.ts'
import { reopenClosed } from './incidents.ts'
import { listSteps } from './write-steps.ts'

/**
 * Makes a job of a request: takes its lock in the same transaction, so that of two requests for one target the
 * second is refused (or waits, as its kind says) before anything happened.
 */
export async function requestJob(
  deps: EngineDeps,
  said: Utterance,
  of: { readonly incident: number; readonly kind: string; readonly params: JsonObject; readonly words: string },
): Promise<Job> {
  const plan = await deps.plans.inForce()
  const by = { requester: said.person.id, plan }
  const id = await makeMove(deps, said, async (tx) => (await writeJob(deps, tx, { ...of, ...by })).id)
  const view = await deps.store.viewJob(String(id))
  if (!view) throw new SalvorError('job_unknown', { job: String(id) })
  return view.job
}

/** The same inside a transaction: for jobs that a run asks for. `plan` is the one that the job is pinned to. */
export async function writeJob(
  deps: EngineDeps,
  tx: MoveTx,
  of: {
    readonly incident: number
    readonly kind: string
    readonly params: JsonObject
    readonly words: string
    readonly requester: string
    readonly plan: RecoveryPlan
  },
): Promise<Job> {
  const kind = deps.jobs.find(of.kind)
  if (!kind) throw new Error(`the register has no job kind ${of.kind}`)
  const params = parseParams(kind, of.params)
  const { plan } = of
  const system = kind.system(params as never)
  const lockTarget = kind.lock(params as never)
  await reopenClosed(deps, tx, of.incident, of.requester)
  const job: Job = {
    id: `${kind.name}-${await tx.nextNumber(`job:${kind.name}`)}`,
    kind: kind.name,
    incident: of.incident,
    state: 'requested',
    params,
    words: of.words,
    requester: of.requester,
    requestedAt: deps.clock.now().toISOString(),
    planDigest: plan.digest,
    worker: (system === null ? undefined : plan.systems[system]?.worker) ?? null,
    lockTarget,
    waitingFor: null,
    stopRequestedBy: null,
    stopRequestedAt: null,
    cleanUpRequestedBy: null,
    leftBehind: [],
    lastEvent: 0,
    finishedAt: null,
    outcome: null,
  }
  await tx.insertJob(job)
  await tx.insertSteps(listSteps(deps, kind, job, plan))
  const data = { kind: job.kind, params, words: job.words, planDigest: plan.digest, lockTarget }
  let eventNo = await tx.append(of.incident, { type: 'job_requested', job: job.id, actor: of.requester, data })
  if (lockTarget !== null) {
    const holder = await tx.takeLock(lockTarget, job.id, of.words)
    if (holder === job.id) {
      const taken = { target: lockTarget }
      eventNo = await tx.append(of.incident, { type: 'lock_taken', job: job.id, actor: 'salvor', data: taken })
    } else if (kind.onLocked === 'refuse') {
      throw await sayWhoHolds(deps, lockTarget, holder)
    } else {
      await tx.updateJob(job.id, { waitingFor: waitsFor('lock', { target: lockTarget, job: holder }) })
    }
  }
  tx.wakeLater({ job: job.id, eventNo, worker: job.worker })
  return job
}

/** lock_held, with who took it and for what. */
export async function sayWhoHolds(deps: EngineDeps, target: string, holder: string): Promise<SalvorError> {
  const view = await deps.store.viewJob(holder)
  const { words = 'unknown', requester = 'unknown' } = view?.job ?? {}
  // People know the system's name; the kind of target before the colon is for the store.
  const named = target.slice(target.indexOf(':') + 1)
  return new SalvorError('lock_held', { target: named, job: holder, words, by: requester })
}

/** Params in the kind's own shape. What does not fit is a usage error, told before anything is written. */
function parseParams(kind: AnyJobKind, params: JsonObject): JsonObject {
  const parsed = kind.params.safeParse(params)
  if (parsed.success) return JSON.parse(JSON.stringify(parsed.data)) as JsonObject
  const problem = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ')
  throw new SalvorError('command_usage', { problem, usage: `help ${kind.name}` })
}
