/** Errors of procedures and their runs. */
export const runErrors = {
  procedure_unknown: {
    says: 'The plan has no procedure "{procedure}".',
    hint: 'Did you mean {nearest}? It knows: {known}.',
  },
  procedure_kind: {
    says: 'Step {step} of {procedure} says "{title}", which this Salvor cannot do.',
    hint: 'Take it out of the plan, write it as a manual step, or begin behind it: `run {procedure} --from {next}`.',
  },
  procedure_kind_end: {
    says: 'Step {step} of {procedure} says "{title}", which this Salvor cannot do, and no step behind it could be begun with.',
    hint: 'Take it out of the plan, or write it as a manual step. Until then ask for the others one by one: `plan {procedure}` shows each.',
  },
  procedure_step: {
    says: '{procedure} has no step "{step}".',
    hint: 'Give its number, or its words: {known}.',
  },
  run_unknown: { says: 'There is no run "{run}".', hint: '`status` lists the runs of this incident.' },
  run_active: {
    says: '{run} is already running {procedure} in this incident.',
    hint: 'Wait for it, or stop it: `stop {run}`.',
  },
  run_step_settled: {
    says: 'Step {step} of {run} does not wait for anybody: it is {state}.',
    hint: '`status` says what the run waits for.',
  },
  suite_unknown: {
    says: 'The plan has no acceptance test "{suite}".',
    hint: 'Did you mean {nearest}? It knows: {known}.',
  },
  case_closed: {
    says: 'Case {case} of {job} takes no answer now.',
    hint: '`status` says where {job} stands.',
  },
  uat_failed: {
    says: 'Not every case of {suite} passed: {cases}.',
    hint: 'Look at what the testers saw, mend it, and ask again: `uat {suite}`.',
  },
  run_evidence: {
    says: 'A step is done when somebody says how they know.',
    hint: 'Say it in words: `done {run} {step} <what you did and saw>`.',
  },
} as const
