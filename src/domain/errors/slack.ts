/** Errors between Salvor and Slack. */
export const slackErrors = {
  slack_forged: { says: 'A request did not carry a valid signature.', hint: 'Check SLACK_SIGNING_SECRET.' },
  slack_replayed: { says: 'A request came a second time.', hint: 'Nothing was done twice.' },
  slack_future: { says: 'A request was dated in the future.', hint: 'Check the clock of this machine.' },
  slack_unreachable: { says: 'Slack does not answer.', hint: 'The recovery goes on; the thread catches up by itself.' },
  slack_window: {
    says: 'Slack did not open the window in time.',
    hint: 'Press again, or say `{command}`.',
  },
  slack_foreign: {
    says: 'That was said from another workspace ({team}), so I started nothing.',
    hint: 'The plan knows people of its own workspace only. Ask somebody there to say it.',
  },
  slack_edited: {
    says: 'You changed a message; a change is never an order, so I started nothing.',
    hint: 'Say it again in a new message. What the message said before counts as it was.',
  },
  slack_not_first: {
    says: 'I am named in this message, but it does not begin with me, so I started nothing.',
    hint: 'An order begins with the mention: `@salvor status`.',
  },
} as const
