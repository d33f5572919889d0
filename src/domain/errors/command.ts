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
  job_elsewhere: {
    says: '{job} belongs to incident #{incident} ({title}), not to the one that is meant here, so I started nothing.',
    hint: 'Say it {where}, or name its incident: --incident {incident}.',
  },
  role_missing: { says: 'You do not hold a role that may {action}.', hint: '{others} can.' },
  role_none: { says: 'You hold no role in the recovery plan.', hint: 'Ask {others}, or have the plan changed.' },
  incident_none: {
    says: 'No incident is open here.',
    hint: 'Open one: `open <what happened>`. One that was closed opens again by `reopen`.',
  },
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
  incident_unrecovered: {
    says: 'Incident #{number} is not recovered, as far as its journal says. Left: {left}. Not looked at: {unseen}.',
    hint: 'If it is to be closed all the same, say why: `close --reason <why>`.',
  },
  not_a_member: {
    says: 'I am not a member of this channel, so I started nothing.',
    hint: 'Type `/invite @salvor` here, then say it again.',
  },
  time_unreadable: {
    says: 'I cannot read "{text}" as a time.',
    hint: 'Try 02:10, yesterday 23:40, 2:10 am, 30m ago, 2026-03-01 02:10 or 2026-03-01T02:10Z.',
  },
  time_never: {
    says: '{text} was on no clock in {zone}: it was set forward then.',
    hint: 'Say {before} or {after}, or the time in UTC: 02:10Z.',
  },
  time_twice: {
    says: '{text} was on the clocks in {zone} twice: they were set back then.',
    hint: 'Say which: {first} or {second}.',
  },
  time_ahead: {
    says: '{text} is {seen}, which has not been yet.',
    hint: 'Say when it began, with the date if it was another day: 2026-03-01 02:10.',
  },
  words_too_long: {
    says: 'That is {length} characters; I read at most {most}.',
    hint: 'Say it shorter, and attach or link the rest.',
  },
  words_too_many: {
    says: 'You hold no role in the recovery plan and have asked {most} times within a minute.',
    hint: 'Ask again in a minute; `brief` tells where it stands. People with a role can ask any time.',
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
