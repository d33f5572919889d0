/** Errors of the recovery plan and the environment. */
export const planErrors = {
  plan_missing: {
    says: 'There is no recovery plan at {path}.',
    hint: 'Set SALVOR_PLAN, or start from salvor.example.yaml.',
  },
  plan_invalid: { says: '{path}:{line}:{column}: {problem}', hint: '{fix}' },
  plan_variable: {
    says: '{path}:{line}:{column}: the environment has no {name}.',
    hint: 'Set {name} for the process that uses it.',
  },
  plan_differs: {
    says: 'This worker has another recovery plan ({here}) than the bot ({there}).',
    hint: 'Bring both to the same file, then restart the one that is behind.',
  },
  config_invalid: { says: 'The environment is not usable: {problem}', hint: '{fix}' },
} as const
