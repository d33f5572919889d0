/** Errors of backups of whole clusters, of the moments between them, and of bringing them up. */
export const backupErrors = {
  backup_stanza: {
    says: 'The stanza {stanza} cannot be used: {seen}.',
    hint: 'Nothing was changed. Run `pgbackrest --stanza={stanza} info` on the worker as the account that restores, and correct stanza, configFile or the rights on the repository.',
  },
  backup_chain_broken: {
    says: 'The backup {backup} cannot be put together: {missing} is missing.',
    hint: 'Nothing was changed. Choose one whose chain is whole from `backups`, and take a full one: `backup <system> --kind full`.',
  },
  backup_wal_missing: {
    says: 'The archive of WAL lacks {missing}, which {backup} needs.',
    hint: 'Nothing was changed. Choose another from `backups`; look for the segments where WAL is written, and archive them.',
  },
  backup_damaged: {
    says: 'The backup {backup} is damaged in its repository: {seen}.',
    hint: 'Nothing was changed. Choose another from `backups`, then run `pgbackrest verify` and take a full one.',
  },
  backup_tool_failed: {
    says: 'pgBackRest could not {action}: {seen}.',
    hint: 'The live database is untouched. Correct what it names, then Retry.',
  },
  backup_lacks_database: {
    says: 'The backup {backup} holds no database {database} at that moment.',
    hint: 'Nothing was changed. Choose an earlier or later backup or moment from `backups`.',
  },
  moment_unreachable: {
    says: '{moment} cannot be reached: {why}.',
    hint: 'Nothing was changed. Nearest that can be reached: {nearest}.',
  },
  moment_before_first: {
    says: '{moment} is before the first backup ended from which it could be reached: {first}.',
    hint: 'Nothing was changed. Nearest that can be reached: {nearest}.',
  },
  moment_after_last: {
    says: '{moment} is after the end of what is archived of WAL: {last}.',
    hint: 'Nothing was changed. Nearest that can be reached: {nearest}. Where the server still stands, `pg_switch_wal()` archives the newest.',
  },
  moment_in_gap: {
    says: '{moment} lies behind a gap: the segment {missing} is not archived.',
    hint: 'Nothing was changed. Nearest that can be reached: {nearest}. Look for the segment where WAL is written, and archive it.',
  },
  moment_history_missing: {
    says: '{moment} cannot be looked for: the history of timeline {timeline} is not archived.',
    hint: 'Nothing was changed. Archive its .history file, or take a backup by its label.',
  },
  moment_not_found: {
    says: 'Archived WAL of timeline {timeline} holds no {moment} after any backup.',
    hint: 'Nothing was changed. Check the number or name; it may not be archived yet.',
  },
  moment_unsupported: {
    says: '{system} has no backups from which a moment can be reached: {why}.',
    hint: 'Nothing was changed. `backups {system}` lists what there is; moments need a stanza of pgBackRest in the plan.',
  },
  scratch_full: {
    says: 'Bringing {backup} up beside everything else needs {needed} in {folder}, and {free} are free.',
    hint: 'Nothing was changed. Free space there, or give the plan another scratch folder; then Retry.',
  },
  scratch_unusable: {
    says: 'No cluster can be brought up in {folder}: {seen}.',
    hint: 'Nothing was changed. Correct it, or give the plan another scratch folder; then Retry.',
  },
  scratch_failed: {
    says: 'The scratch server of {backup} did not come up: {seen}.',
    hint: 'The live database is untouched; the card names what could not be removed from the scratch folder. Correct what it names, or choose another from `backups`.',
  },
} as const
