const LOOK = 'Look at the target yourself, then `resume {job} --settle done|not-done --reason …`.'

/** Why nobody can say whether a step happened: what the target, or a way without one, answered. */
export const doubtErrors = {
  runner_gone: {
    says: 'The process that ran {step} is gone.',
    hint: 'Nothing needs to be done: the target is asked whether it happened.',
  },
  step_unknown: {
    says: 'Nobody can say whether {step} happened: the connection broke and {system} cannot be asked.',
    hint: LOOK,
  },
  step_unsettled: { says: 'Nobody has said yet whether {step} happened.', hint: LOOK },
  switch_astray: {
    says: '{live} (OID {liveOid}) and {side} (OID {sideOid}) are not where either side of the switch would have them.',
    hint: LOOK,
  },
  file_astray: {
    says: '{path} is neither the old nor the new file: it was changed at {changedAt}.',
    hint: LOOK,
  },
  kept_astray: { says: 'The new file is there, but {kept} is not the old one.', hint: LOOK },
  transaction_elsewhere: { says: 'Server {server} knows nothing of transaction {xid}.', hint: LOOK },
  transaction_forgotten: { says: 'The server does not know transaction {xid} any more.', hint: LOOK },
  transaction_open: { says: 'Transaction {xid} is still in progress.', hint: LOOK },
  program_unseen: { says: 'The program {program} had been started, and nobody saw its end.', hint: LOOK },
  migration_unseen: {
    says: 'The migration {migration} had been started, and nobody saw how it ended.',
    hint: 'Read its log, then `resume {job} --settle done|not-done --reason …`.',
  },
  service_untold: { says: 'The plan has no unit and no identity for {service}.', hint: LOOK },
} as const

/** Is it an error of which nobody knows whether anything happened before it? */
export function isDoubt(code: string): boolean {
  return Object.hasOwn(doubtErrors, code)
}
