import { SalvorError } from '../../domain/errors/fail.ts'
import type { JsonObject } from '../../domain/json.ts'
import { nameKnown } from '../../domain/nearest.ts'
import { listProcedures, type ProcedureStep, readProcedure, titleOf } from '../../domain/procedure.ts'
import type { PlanText } from '../../domain/recovery-plan.ts'
import type { AnyJobKind, JobRegister } from '../define-job.ts'

/** The steps of a procedure by the plan; throws `procedure_unknown`. */
export function findProcedure(plan: PlanText, name: string): ProcedureStep[] {
  const steps = readProcedure(plan, name)
  if (steps !== undefined) return steps
  throw new SalvorError('procedure_unknown', { procedure: name.slice(0, 40), ...nameKnown(name, listProcedures(plan)) })
}

/** The position that `--from` names: a number, `restart orders-api`, or a verb that stands once. Throws `procedure_step`. */
export function findFrom(steps: readonly ProcedureStep[], procedure: string, said: string): number {
  const words = said.trim().toLowerCase().replace(/\s+/g, ' ')
  const number = /^#?(\d{1,4})$/.exec(words)
  const fits = number
    ? steps.filter((step) => step.position === Number(number[1]))
    : steps.filter((step) => titleOf(step).toLowerCase() === words || step.verb === words)
  const [only, ...more] = fits
  if (only !== undefined && more.length === 0) return only.position
  const known = steps.map((step) => `${step.position} ${titleOf(step)}`).join(', ')
  throw new SalvorError('procedure_step', { procedure, step: said.slice(0, 60), known })
}

/** A step's job kind with its params. */
export interface StepRequest {
  readonly kind: AnyJobKind
  readonly params: JsonObject
}

/**
 * The job that a step asks for: its kind and params in the kind's own shape, by whatever name the kind has for what it
 * works on. Undefined where the register has no such kind, or one that takes something else.
 */
export function readRequest(jobs: JobRegister, step: ProcedureStep): StepRequest | undefined {
  const kind = jobs.find(step.verb)
  if (!kind) return undefined
  for (const name of ['system', 'service', 'log', 'suite', 'migration', 'script', 'monitor']) {
    const params = { [name]: step.about }
    if (kind.params.safeParse(params).success) return { kind, params }
    // Of what is not a system itself some kinds want to know whose it is.
    const owned = { ...params, system: step.system }
    if (kind.params.safeParse(owned).success) return { kind, params: owned }
  }
  return undefined
}

/** Throws `procedure_kind` for the first step, from a position on, that nothing here can do. */
export function mustKnowKinds(
  jobs: JobRegister,
  procedure: string,
  steps: readonly ProcedureStep[],
  from: number,
): void {
  const unknown = steps.find((step) => step.position >= from && !isKnown(jobs, step))
  if (unknown) throw failKind(jobs, procedure, steps, unknown)
}

/** That nothing here can do a step; it names a step to begin behind it only where there is one that would be taken. */
export function failKind(
  jobs: JobRegister,
  procedure: string,
  steps: readonly ProcedureStep[],
  unknown: ProcedureStep,
): SalvorError {
  const facts = { procedure, step: unknown.position, title: titleOf(unknown) }
  const next = findNext(jobs, steps)
  if (next === undefined) return new SalvorError('procedure_kind_end', facts)
  return new SalvorError('procedure_kind', { ...facts, next: next.position })
}

/** The step behind the last that nothing here can do: from there a run is taken. */
function findNext(jobs: JobRegister, steps: readonly ProcedureStep[]): ProcedureStep | undefined {
  const last = steps.findLastIndex((step) => !isKnown(jobs, step))
  return steps[last + 1]
}

function isKnown(jobs: JobRegister, step: ProcedureStep): boolean {
  return step.verb === 'manual' || readRequest(jobs, step) !== undefined
}
