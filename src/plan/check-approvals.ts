import { type ApprovalPolicy, durationMs, type PlanText } from '../domain/recovery-plan.ts'
import type { PlanPath, Problem } from './problem.ts'

interface FoundPolicy {
  readonly path: PlanPath
  readonly risk: 'reversible' | 'destructive'
  readonly policy: ApprovalPolicy
}

/** Every policy of approvals that the plan writes: for all systems, and for one. */
export function listPolicies(plan: PlanText): FoundPolicy[] {
  const of = (path: PlanPath, policies: PlanText['approvals']) =>
    (['reversible', 'destructive'] as const).flatMap((risk) => {
      const policy = policies[risk]
      return policy === undefined ? [] : [{ path: [...path, risk], risk, policy }]
    })
  return [
    ...of(['approvals'], plan.approvals),
    ...Object.entries(plan.systems).flatMap(([name, { approvals }]) => of(['systems', name, 'approvals'], approvals)),
  ]
}

/** Every emergency that the plan allows, with the time after which its card would be gone. */
export function listEmergencies(plan: PlanText) {
  const of = (path: PlanPath, policies: PlanText['approvals']) =>
    policies.emergency === undefined ? [] : [{ path: [...path, 'emergency'], ...policies.emergency, policies }]
  return [
    ...of(['approvals'], plan.approvals),
    ...Object.entries(plan.systems).flatMap(([name, { approvals }]) => of(['systems', name, 'approvals'], approvals)),
  ]
}

/** Somebody else always approves what destroys: the plan may ask for more, never for less. */
export function checkApprovals(plan: PlanText): Problem[] {
  const policies = listPolicies(plan).flatMap((found) => [
    ...(found.risk === 'destructive' ? checkDestructive(found) : checkReversible(found)),
    ...checkEscalation(found),
  ])
  const emergencies = listEmergencies(plan).flatMap((found) => checkEmergency(found, plan))
  return [...policies, ...emergencies, ...Object.entries(plan.uat).flatMap(checkSuite)]
}

/** Where nobody signs off, nobody is asked for a code. */
function checkSuite([name, { signOff, secondFactor }]: [string, PlanText['uat'][string]]): Problem[] {
  if (secondFactor === undefined || signOff.length > 0) return []
  const problem = 'nobody signs off, so nobody is asked for a code'
  return [{ path: ['uat', name, 'secondFactor'], problem, fix: 'Name roles in signOff, or leave secondFactor out.' }]
}

/** It comes before the card is gone, on each system that it counts for: one may give less time to approve than others. */
function checkEmergency(
  { path, after, policies }: ReturnType<typeof listEmergencies>[number],
  plan: PlanText,
): Problem[] {
  const isForAll = policies === plan.approvals
  const others = isForAll
    ? Object.values(plan.systems).filter(({ approvals }) => approvals.emergency === undefined)
    : []
  const windows = [policies, ...others.map(({ approvals }) => approvals)].map(
    (own) => (own.destructive ?? plan.approvals.destructive)?.approveWithin ?? '30m',
  )
  const within = windows.find((one) => durationMs(after) >= durationMs(one))
  if (within === undefined) return []
  const problem = `after ${after} the ${within} to approve are over`
  return [{ path: [...path, 'after'], problem, fix: 'Make it shorter than approveWithin.' }]
}

/** A policy that is written is kept or refused: where nobody is asked, nothing else of it would be kept. */
function checkReversible({ path, policy }: FoundPolicy): Problem[] {
  if (policy.count > 0) return []
  const written = [
    ...(policy.from.length > 0 ? ['from'] : []),
    ...(policy.escalateTo.length > 0 ? ['escalateTo'] : []),
    ...(policy.secondFactor === undefined ? [] : ['secondFactor']),
  ]
  return written.map((key) => ({
    path: [...path, key],
    problem: `count is 0, so nobody is asked and ${key} would not be kept`,
    fix: `Set count to 1 or more, or leave ${key} out.`,
  }))
}

function checkDestructive({ path, policy }: FoundPolicy): Problem[] {
  return [
    ...(policy.count < 1
      ? [{ path: [...path, 'count'], problem: 'a destructive step needs an approval', fix: 'Set count to 1 or more.' }]
      : []),
    ...(policy.notRequester
      ? []
      : [
          {
            path: [...path, 'notRequester'],
            problem: 'nobody approves their own destructive step',
            fix: 'Leave it at true.',
          },
        ]),
  ]
}

function checkEscalation({ path, policy }: FoundPolicy): Problem[] {
  const { escalateTo, escalateAfter, approveWithin } = policy
  if (escalateTo.length === 0 && escalateAfter === undefined) return []
  if (escalateTo.length === 0) {
    return [
      { path: [...path, 'escalateAfter'], problem: 'nobody is named to turn to', fix: 'Name roles in escalateTo.' },
    ]
  }
  if (escalateAfter === undefined) {
    return [
      {
        path: [...path, 'escalateTo'],
        problem: 'it is not said after how long',
        fix: 'Add escalateAfter, such as 10m.',
      },
    ]
  }
  if (durationMs(escalateAfter) < durationMs(approveWithin)) return []
  const problem = `after ${escalateAfter} the ${approveWithin} to approve are over`
  return [{ path: [...path, 'escalateAfter'], problem, fix: 'Make it shorter than approveWithin.' }]
}
