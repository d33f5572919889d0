/** Errors of reading logs. */
export const logErrors = {
  log_unknown: { says: 'The plan has no log "{log}".', hint: 'Did you mean {nearest}? It knows: {known}.' },
  log_which: { says: 'The plan has {count} logs.', hint: 'Say which: `logs <log>`. It knows: {known}.' },
  log_since: {
    says: '"{since}" is not a length of time.',
    hint: 'Say how far back: `logs {log} --since 30m`, or 2h, or 1d.',
  },
  log_missing: {
    says: 'There is no {path}.',
    hint: 'Correct the path of the log {log} in the plan, or let the migration write once, then Retry.',
  },
  log_unreadable: {
    says: '{account} may not read {path} ({seen}).',
    hint: 'Give {account} that right, then Retry.',
  },
  log_host: {
    says: 'The log {log} is on {host}; logs are read on the machine of the worker only.',
    hint: 'Run a worker on {host}, or give the plan an `argv` that prints the log here, then say it again.',
  },
  log_program: {
    says: '{program} did not print the log {log}: it ended with {code}, {seen}.',
    hint: 'Run it by hand as the user of the worker, correct the plan if it must be called otherwise, then Retry.',
  },
  log_not_followed: {
    says: 'Nobody follows the log {log}.',
    hint: '`logs {log} --follow` begins; `status` lists what is at work.',
  },
} as const
