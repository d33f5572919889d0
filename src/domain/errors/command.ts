/** Errors of what people type. */
export const commandErrors = {
  command_unknown: {
    says: 'I do not know "{word}".',
    hint: 'Did you mean `{nearest}`? `help` lists what you may run.',
  },
  command_usage: { says: '{problem}', hint: 'Usage: `{usage}`' },
  system_unknown: { says: 'The plan has no system "{system}".', hint: 'Did you mean {nearest}? It knows: {known}.' },
  system_kind: { says: '{system} is a {kind}; {command} works on a {wanted}.', hint: 'The plan has these: {known}.' },
  job_unknown: { says: 'There is no job "{job}".', hint: '`status` lists the jobs of this incident.' },
  role_missing: { says: 'You do not hold a role that may {action}.', hint: '{others} can.' },
  role_none: { says: 'You hold no role in the recovery plan.', hint: 'Ask {others}, or have the plan changed.' },
  incident_none: { says: 'No incident is open here.', hint: 'Open one: `open <what happened>`.' },
  incident_open_already: {
    says: 'Incident #{number} is already open in this channel.',
    hint: 'Go on in its thread, or `close` it first.',
  },
  incident_several: { says: '{count} incidents are open.', hint: 'Say which: --incident <number>. {known}' },
  incident_unknown: { says: 'There is no incident #{number}.', hint: '`incidents` lists them.' },
  incident_jobs_active: {
    says: 'Incident #{number} still has {jobs} at work.',
    hint: 'Wait for them or `stop all`, then close.',
  },
  not_a_member: {
    says: 'I am not a member of this channel, so I started nothing.',
    hint: 'Type `/invite @salvor` here, then say it again.',
  },
  time_unreadable: {
    says: 'I cannot read "{text}" as a time.',
    hint: 'Try 02:10, 2026-03-01 02:10 or 2026-03-01T02:10Z.',
  },
  handover_nobody: {
    says: '{person} holds no role of the plan, so nobody there could be led by them.',
    hint: 'Hand over to one of {others}.',
  },
  handover_same: {
    says: 'That person leads #{number} already.',
    hint: '`status` shows who leads.',
  },
} as const
