/** Errors of approving and rejecting. */
export const approvalErrors = {
  approval_none: {
    says: 'Nothing of {job} waits for an approval.',
    hint: 'Look at `status` for what waits, and for whom.',
  },
  approval_own: {
    says: 'You asked for {job}, so you cannot approve it.',
    hint: '{others} can.',
  },
  approval_accepted: {
    says: 'You went on over what {job} had found, so you cannot approve it as well.',
    hint: '{others} can.',
  },
  accept_reason: {
    says: 'Going on over a finding of {job} needs a reason.',
    hint: 'Say why it may be so: `resume {job} --accept {accept} --reason …`. It stands on the card and in the report.',
  },
  accept_none: {
    says: 'There is nothing of {job} to go on over: {step} did not refuse for findings that an approval could show.',
    hint: 'Read on its card what went wrong and what to do; `retry {job}` looks again.',
  },
  accept_unknown: {
    says: '{finding} is no finding of {job} as it stands now.',
    hint: 'These are: {open}. What changed since is another finding, so read the newest card first.',
  },
  accept_never: {
    says: 'Nobody can go on over this: {finding}.',
    hint: 'Nobody saw what is there, so there is nothing to accept. Mend what kept it from being read, then Retry.',
  },
  approval_role: {
    says: 'You do not hold a role that may approve {job}.',
    hint: '{others} can.',
  },
  approval_stale: {
    says: 'That card is not the newest: what it showed has changed since.',
    hint: 'Read the newest card in the thread and decide there.',
  },
  approval_ended: {
    says: 'That approval is already {state}.',
    hint: 'See the card in the thread for who decided, and when.',
  },
  approval_late: {
    says: 'The time to approve {job} ran out at {by}.',
    hint: 'Press Retry on the card, or say `retry {job}`: it will look again and ask again.',
  },
  approval_changed: {
    says: 'What was approved is no longer what is there: {changes}.',
    hint: 'Nothing was changed. A new card asks with what is there now.',
  },
  approval_factor: {
    says: 'Approving {job} takes your one-time code as well.',
    hint: 'Press Approve on the newest card: it asks for the code. At a terminal, `approve {job}` with the code of the card asks for it too.',
  },
  approval_code: {
    says: 'Words decide about {job} only with the code of the card that was read.',
    hint: 'Read the card that waits, then press its button, or say `approve {job}` with the six characters behind «code» on it; the same for `reject {job}`, with a reason.',
  },
  approval_code_wrong: {
    says: 'That is not the code of the card of {job} that waits; {left} more wrong ones close it to words.',
    hint: 'Read the six characters behind «code» on the newest card, or press its button.',
  },
  approval_unread: {
    says: 'What {job} would run is longer than its card, so the card alone approves nothing.',
    hint: 'Press Approve: a window shows all of it, and below its last line the code for words. A terminal shows all of it at once.',
  },
  approval_too_long: {
    says: 'What {job} would run is too long for a window of Slack, and nothing that is cut can be approved.',
    hint: 'Approve it at a terminal with `salvor approve {job}`: it shows all of it and the code. Reject works here.',
  },
  approval_closed: {
    says: 'Too many wrong codes were typed for the card of {job}, so words do not decide about it any more.',
    hint: 'Press Approve or Reject on the card: its buttons still work. With `retry {job}` after its time a new card asks.',
  },
  approval_unseen: {
    says: 'The card of {job} had not been delivered when that was said, so nobody can have read it.',
    hint: 'Read the card first: `status` tells where it stands. Once it is in the thread, or was shown at your terminal, say it again.',
  },
  approval_code_shown: {
    says: 'A one-time code does not belong where others can read it, so it was not used.',
    hint: 'Press Approve on the card: it asks for the next code in a window of its own.',
  },
  emergency_none: {
    says: 'Nobody may go on alone with {job}: the plan does not allow it, or what it does cannot be taken back.',
    hint: 'Call those who may approve; `status` names them.',
  },
  emergency_role: {
    says: 'To go on alone with {job} takes the role {roles}.',
    hint: 'Call those who may approve; `status` names them.',
  },
  emergency_own: {
    says: 'Only the person who asked for {job} may go on alone with it.',
    hint: 'Approve it if you may: press Approve on its card.',
  },
  emergency_early: {
    says: 'It is too early to go on alone with {job}: those who may approve have until {at} to answer.',
    hint: 'Call them meanwhile; `status` names them.',
  },
  emergency_answered: {
    says: 'Somebody has answered, so {job} needs its other people as well.',
    hint: 'Call them; `status` names them.',
  },
  emergency_reason: {
    says: 'To go on alone with {job} takes a reason: it is the first thing that the report says.',
    hint: 'Say `approve {job} --emergency --reason …`.',
  },
  approval_reason: {
    says: 'A rejection needs a reason.',
    hint: 'Say `reject {job} --reason …`.',
  },
  loss_above_ceiling: {
    says: 'More would be lost than was approved: {changes}.',
    hint: 'The live database is open again and untouched. A new card asks with the new numbers.',
  },
} as const
