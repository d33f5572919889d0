/** Errors of remedies, rejects and migrations that are run again. */
export const remedyErrors = {
  remedy_unknown: {
    says: 'The plan has no remedy "{remedy}" for {system}.',
    hint: 'Did you mean {nearest}? Known: {known}. `fix {system}` says which of them match.',
  },
  remedy_refused: {
    says: '{file}, line {line}: {why}.',
    hint: 'Nothing was run. A remedy is SQL that Salvor can roll back as a whole: change it in the plan, then ask again.',
  },
  remedy_not_plain: {
    says: '{file}, line {line}, holds {seen}, and no plan names this SQL: it is not tried before somebody has read it.',
    hint: 'Nothing was run. Say it again for {system} with `--ask`: then somebody approves the text before the dry run. Or write it as plain statements, or put it into the plan.',
  },
  remedy_failed: {
    says: 'Statement {number} of the remedy failed on {system}: {seen}.',
    hint: 'All of it was rolled back. Mend the remedy in the plan, then ask for the fix again.',
  },
  remedy_given_up: {
    says: 'The remedy on {system} was given up: {seen}.',
    hint: 'All of it was rolled back. Mend the cause, then ask for the fix again.',
  },
  remedy_locked: {
    says: 'Statement {number} of the remedy waited {seconds} s for a lock on {system} and gave up.',
    hint: 'All of it was rolled back. Find who holds it in pg_stat_activity, or `freeze {system}`, then Retry.',
  },
  remedy_broke_out: {
    says: 'Statement {number} of the remedy left the transaction on {system}: what it did before may stand.',
    hint: 'Look at {system} at once: this was not rolled back by Salvor. Then mend the remedy.',
  },
  remedy_changed: {
    says: '{file} is not the file that the plan knows.',
    hint: 'Nothing was run. Let the bot read the plan again (it does so when the file changes), then ask again.',
  },
  program_changed: {
    says: 'What would run is not what was approved: {seen}.',
    hint: 'Nothing was started. Look at who changed it, then Retry: a new card asks for what is there now.',
  },
  remedy_no_undo: {
    says: 'The remedy {remedy} names no `undo`.',
    hint: 'Write the SQL of the way back under `undo:` of {remedy} in the plan, or `restore {system}`.',
  },
  fix_no_undo: {
    says: '{job} committed {remedy} on {system} without an `undo`, so no SQL is known that takes it back.',
    hint: 'Write that SQL into a file and say `fix {system} --file <name>.sql`: it is tried and approved like any other. `restore {system}` goes back to a backup.',
  },
  fix_is_way_back: {
    says: '{job} is itself what took {undoes} back, and has no `undo` of its own.',
    hint: 'If the remedy is wanted after all, ask for it anew: `fix {system}` says which match.',
  },
  rejects_unreadable: {
    says: 'The rejects in {source} cannot be read: {why}.',
    hint: 'Check `rejects:` of the migration in the plan, then Retry.',
  },
  rejects_changed: {
    says: '{file} changed while its {kept} rows were loaded, so it was left as it is.',
    hint: 'Those rows are in the database now: take them out of the file by hand before anybody loads it again.',
  },
  migration_unknown: {
    says: 'The plan has no migration "{migration}".',
    hint: 'Did you mean {nearest}? Known: {known}.',
  },
  migration_no_rerun: {
    says: 'The plan does not say how to run {migration} again.',
    hint: 'Give migrations.{migration} a `rerun:` in the plan.',
  },
  rerun_failed: {
    says: '{migration} {seen}.',
    hint: 'Read the last lines below and its log, mend the cause (`fix`), then ask for it again.',
  },
  rerun_unproven: {
    says: '{migration} ended with 0, but {count} checks of {system} did not pass: {seen}.',
    hint: 'Do not trust its exit code: look at the data, `fix {system}` or `restore {system}`.',
  },
} as const
