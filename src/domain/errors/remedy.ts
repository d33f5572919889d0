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
  repair_nothing: {
    says: 'Nothing of {tables} is to be repaired on {system}: {seen}.',
    hint: 'Nothing was changed. `compare {system}` says what differs; with `--mode replace` rows that only this database has go as well.',
  },
  repair_unknown: {
    says: '{tables}: no such table on both sides of {system}.',
    hint: 'Nothing was changed. `--tables` takes names of this database as `compare {system}` shows them, with their schema where that is not public.',
  },
  repair_too_many: {
    says: 'More than {most} rows of {system}, or {size} of SQL, are to be repaired.',
    hint: 'Nothing was changed. Name fewer tables, raise `--most`, or restore the backup: so much is no repair of single rows.',
  },
  repair_cycle: {
    says: 'Foreign keys of {system} go round in a circle: {tables}.',
    hint: 'Nothing was changed. Make one of them DEFERRABLE, or repair these tables by hand.',
  },
  repair_failed: {
    says: 'A row of {table} could not be repaired on {system}: {seen}.',
    hint: 'All of it was rolled back. Mend the cause (a parent row that is missing: name its table in `--tables` as well), then ask for the repair again.',
  },
  repair_row_moved: {
    says: 'A row of {table} on {system} is no longer as it was compared: {key}.',
    hint: 'All of it was rolled back. Somebody wrote it meanwhile, or a trigger kept it: ask for the repair again, which compares anew.',
  },
  repair_beyond: {
    says: 'Deleting {planned} rows of {system} takes {found} with them in all.',
    hint: 'All of it was rolled back: no undo would know the others. Name the tables that refer to them in `--tables` as well, or leave out `--mode replace`.',
  },
  repair_file_gone: {
    says: 'The file {file} is no longer the one that {job} wrote.',
    hint: 'Nothing was changed. It lies on the worker that wrote it; without it, `compare {system}` shows what differs now.',
  },
  repair_unproven: {
    says: '{system} still differs from {other} in {rows} rows that were to be repaired.',
    hint: 'The repair is committed. Somebody wrote on one of the sides since, or a trigger altered what was written: `compare {system}` names the rows, Undo takes the repair back.',
  },
  repair_is_way_back: {
    says: '{job} is itself what took {undoes} back.',
    hint: 'If the rows are wanted after all, ask for the repair of {system} anew.',
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
