/** Errors of the terminal: who is there, and the second factor. */
export const terminalErrors = {
  terminal_account: {
    says: '{account} is nobody to Salvor: it does not say which person is at work.',
    hint: 'Say it again from your own account, without sudo.',
  },
  terminal_unmapped: {
    says: 'The plan in force does not say whose account {account} is.',
    hint: 'Have it added under `people`, such as `alice: { slack: U0ALICE, os: {account} }`.',
  },
  terminal_shared: {
    says: 'The account {account} belongs to {people}, so it is nobody to Salvor.',
    hint: 'Give each of them an account of their own under `people`.',
  },
} as const
