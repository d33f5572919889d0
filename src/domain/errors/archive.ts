/** Errors of backups and the archives that hold them. */
export const archiveErrors = {
  backup_unknown: {
    says: 'There is no backup "{backup}" of {system}.',
    hint: 'Did you mean {nearest}? `backups` lists them.',
  },
  backup_none: {
    says: 'No usable backup of {system} precedes {before}.',
    hint: '`backups` says why each one cannot be used; name one with --backup to take a later one.',
  },
  backup_foreign: {
    says: 'No usable backup that is shown to be of {system} precedes {before}; {seen} lie in its folders and are of another database, or their origin is not proven.',
    hint: '`backups` says whose each one is. Name one with --backup to take it all the same: the approval begins with whose it is.',
  },
  archive_truncated: {
    says: 'The archive {backup} ends early: it was cut off while it was written or copied.',
    hint: 'Nothing was changed. Choose another from `backups`.',
  },
  archive_corrupt: {
    says: 'The archive {backup} is damaged: {seen}.',
    hint: 'Nothing was changed. Choose another from `backups`, or copy this one again from where it came.',
  },
  archive_plain_sql: {
    says: '{backup} is plain SQL text, not a pg_dump archive.',
    hint: 'Salvor restores archives of `pg_dump -Fc` and `-Fd`. Feed this one to psql by hand into a new database.',
  },
  archive_newer: {
    says: 'The archive {backup} was written by a newer pg_dump than the pg_restore here can read ({seen}).',
    hint: "Install the PostgreSQL client tools of the archive's version on the worker, or choose another backup.",
  },
  archive_not_one: {
    says: '{backup} is not a pg_dump archive ({seen}).',
    hint: 'Choose another from `backups`.',
  },
  archive_foreign_entry: {
    says: 'The archive {backup} holds what no dump does: {object} has {seen}.',
    hint: 'Nothing of it was loaded. Somebody may have written into it: keep it for whoever looks into that, see who may write to its folder, and choose another from `backups`.',
  },
  archive_inserts: {
    says: 'The archive {backup} holds {object} as SQL, not as rows.',
    hint: 'Nothing of it was loaded: pg_restore runs such data as it stands, and nobody can tell rows in it from orders. Dump without `--inserts`, `--column-inserts` and `--rows-per-insert`, or choose another from `backups`. For this one: load it by hand on a server of its own, and dump it from there.',
  },
  archive_unloadable: {
    says: '{object} of {backup} cannot be loaded: {seen}. The statement: {statement}',
    hint: 'The cause is in the archive, so trying again ends in the same way; the live database is untouched. Choose another from `backups {system}`; or load it by hand without {object} (`pg_restore --list`, then `--use-list`). Mend {object} in the live database before the next backup.',
  },
  archive_unloadable_newest: {
    says: '{object} of {backup} cannot be loaded: {seen}. The statement: {statement}',
    hint: 'The cause is in the archive, so trying again ends in the same way; the live database is untouched. The newest before it that loads is {other}: `restore {system} --backup {other}`. Or load {backup} by hand without {object} (`pg_restore --list`, then `--use-list`). Mend {object} in the live database before the next backup.',
  },
  archive_hash_differs: {
    says: 'The files of {backup} are not those that its manifest was made for: {seen}.',
    hint: 'Nothing was changed. Choose another from `backups`.',
  },
} as const
