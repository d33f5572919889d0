/** Errors of the engine, the store and the runner. */
export const engineErrors = {
  unexpected: {
    says: 'Something happened that Salvor does not know: {seen}.',
    hint: 'Look at the step in the journal, then `retry` it; the log of the worker has the details.',
  },
  bot_unexpected: {
    says: 'Something happened that Salvor does not know.',
    hint: 'Nothing more was started. The log of the bot has the details.',
  },
  lock_held: {
    says: '{target} is locked by {job} ({words}, {by}).',
    hint: 'Wait for it, or stop it: `stop {job}`.',
  },
  move_illegal: { says: '{job} is {state}, so it cannot {move}.', hint: '`status` says what can be done with it now.' },
  retry_same: {
    says: 'Trying {job} again would end in the same way: what it found is on record and stays.',
    hint: 'Say `{instead}`.',
  },
  undo_early: {
    says: '{job} has not come to rest, so there is nothing to take back yet.',
    hint: 'Wait for its end, or `stop {job}`; the card then says what is left.',
  },
  undo_unfinished: {
    says: '{job} did not come to its end, so there is nothing to take back.',
    hint: 'Retry or Resume on its card goes on with it; `stop {job}` puts away what it left.',
  },
  undo_nothing: {
    says: '{job} changed no system, so there is nothing to take back.',
    hint: 'Nothing needs to be done: what it found or made stays on record.',
  },
  undo_taken_back: {
    says: '{job} was taken back already, by {by}.',
    hint: '`undo {last}` takes back the last switch of these; it is shown and approved first.',
  },
  undo_done: {
    says: '{job} was taken back already, by {by}.',
    hint: 'If its effect is wanted after all, ask for it anew: `{words}`.',
  },
  undo_above: {
    says: '{above} stands above {job} on {system}, so {job} cannot be taken back before it.',
    hint: '`undo {above}` first, then `undo {job}`; each is shown and approved. Or go to a backup: `restore {system}`.',
  },
  undo_other: {
    says: '{job} has a way back of another name.',
    hint: 'Say `{way}`.',
  },
  undo_unrecorded: {
    says: 'What {job} did on {system} was not recorded, so Salvor cannot take it back.',
    hint: '`restore {system}` goes back to a backup; its card says first what that loses.',
  },
  undo_restart: {
    says: '{job} restarted {service}: a restart cannot be taken back.',
    hint: 'If it runs worse than before, `config {service}` puts an earlier config file back.',
  },
  lease_lost: {
    says: 'The store did not answer in time, so the step was ended to keep it from running twice.',
    hint: 'Check the store, then `resume {job}`.',
  },
  stopped: { says: 'It was stopped by {by}.', hint: '`resume {job}` goes on with the next unfinished step.' },
  sessions_remain: {
    says: 'Sessions of an earlier attempt are still at work on the target and could not be ended.',
    hint: 'End the sessions named {pattern} on the target, then `resume {job}`.',
  },
  row_differs: {
    says: 'The store holds something else about {step} than the plan says: {what}.',
    hint: 'Nothing was run. Find out who can write to the store, then ask for the job again.',
  },
  store_behind: {
    says: 'The store is older than this program: it lacks {names}.',
    hint: 'Start the bot, or run `salvor migrate` as the owner of the store; both bring it up to date.',
  },
  store_ahead: {
    says: 'The store is newer than this program: it has {names}.',
    hint: 'Start the version of Salvor that brought it there; an older one would misread it.',
  },
  store_edited: {
    says: 'The store was made by other files than this program has: {names}.',
    hint: 'Start the version of Salvor that made it. If the files were edited here, bring them back: a change of the schema is a new file.',
  },
  worker_taken: {
    says: 'Another process holds the name of the worker {worker}: session {pid} of {role} ({application}).',
    hint: 'Two workers need two names. If nobody of yours started it, end that session and change the password of {role}.',
  },
  worker_role: {
    says: 'The store does not take this login for the worker {worker}: {said}.',
    hint: 'Give the worker the address of its own role; `salvor worker-role {worker}` makes one.',
  },
  audit_anchor: {
    says: 'There is no anchor of #{number} in "{anchor}".',
    hint: 'Give the file or the channel that the plan names under `anchor`, or `<event>:<hash>` as a report prints it.',
  },
  audit_unknown: { says: 'There is no incident "{number}".', hint: 'Give its number: `salvor audit 7`.' },
} as const
