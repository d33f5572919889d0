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
  approval_role: {
    says: 'You do not hold a role that may approve {job}.',
    hint: '{others} can.',
  },
  approval_stale: {
    says: 'That card is not the newest: what it showed has changed since.',
    hint: 'Read the newer card ({code}) in the thread and decide there.',
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
    hint: 'Press Approve on the newest card: it asks for the code. At a terminal, `approve {job}` asks for it too.',
  },
  approval_code_shown: {
    says: 'A one-time code does not belong where others can read it, so it was not used.',
    hint: 'Press Approve on the card: it asks for the next code in a window of its own.',
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
