/** Errors between Salvor and Slack. */
export const slackErrors = {
  slack_forged: { says: 'A request did not carry a valid signature.', hint: 'Check SLACK_SIGNING_SECRET.' },
  slack_replayed: { says: 'A request came a second time.', hint: 'Nothing was done twice.' },
  slack_future: { says: 'A request was dated in the future.', hint: 'Check the clock of this machine.' },
  slack_unreachable: { says: 'Slack does not answer.', hint: 'The recovery goes on; the thread catches up by itself.' },
} as const
