/** Errors of the terminal: who is there, and the second factor. */
export const terminalErrors = {
  terminal_account: {
    says: '{account} is nobody to Salvor: it does not say which person is at work.',
    hint: 'Say it again from your own account, without sudo.',
  },
  terminal_unmapped: {
    says: 'The plan in force does not say whose account {account} is.',
    hint: 'Have it added under `people`, such as `alice:` with `slack: U0ALICE` and `os: {account}`.',
  },
  terminal_shared: {
    says: 'The account {account} belongs to {people}, so it is nobody to Salvor.',
    hint: 'Give each of them an account of their own under `people`.',
  },
  terminal_alone: {
    says: 'No bot listens for terminals at {path}.',
    hint: 'Start it there: `salvor bot` with the same SALVOR_SOCKET. Whatever was begun goes on meanwhile.',
  },
  terminal_socket: {
    says: '{path} cannot be trusted with what people say at terminals: {problem}.',
    hint: "Let SALVOR_SOCKET lie in a folder of the bot's account or of root, such as /run/salvor, that nobody else may write to.",
  },
  terminal_crowded: {
    says: 'Your account has as many terminals open at the bot as one account may have.',
    hint: 'End some of them, such as those that follow a job, and say it again.',
  },
  terminal_lost: {
    says: 'The bot went away before it said how this ended.',
    hint: 'Look at `status` before you say it again: it may have been heard.',
  },
  terminal_reads: {
    says: 'This way to the store may only read, so nothing was begun.',
    hint: 'Say it where the bot listens, with SALVOR_SOCKET set, or in Slack.',
  },
  totp_wanted: {
    says: 'To decide here takes your one-time code, and none was given.',
    hint: 'Say it again with `--code` and the six digits that your device shows.',
  },
  totp_unknown: {
    says: 'There is no secret to check a one-time code of {person} with: {problem}.',
    hint: 'Have an administrator run `salvor totp enrol {person}`, or decide in Slack.',
  },
  totp_wrong: {
    says: 'That is not the code that your device shows now.',
    hint: 'Wait for the next one and say it again; look whether its clock is right. {left} more may be wrong.',
  },
  totp_used: {
    says: 'That code has counted before, and each counts once.',
    hint: 'Wait for the next one, at most 30 seconds, and say it again.',
  },
  totp_locked: {
    says: 'Too many wrong codes: yours count for nothing until {until}.',
    hint: 'If it was not you who typed them, tell the others. You can decide in Slack meanwhile.',
  },
} as const
