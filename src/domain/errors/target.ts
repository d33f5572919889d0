/** Errors of the systems that are recovered. */
export const targetErrors = {
  target_unreachable: {
    says: '{system} does not answer: {seen}.',
    hint: 'Check that the server is up and that the worker can reach it, then Retry.',
  },
  target_refused: {
    says: '{system} refused the connection: {seen}.',
    hint: 'Check user, password and pg_hba.conf for the role in the plan, then Retry.',
  },
  target_limit: {
    says: 'The {of} lets in {limit} connections at once, {used} are taken, and {needed} more are needed on {system}.',
    hint: 'End sessions that nobody needs (`freeze {system}` keeps the application out), or raise the limit: {raise}; then Retry.',
  },
  target_connections: {
    says: '{system} has no connection free: {seen}.',
    hint: 'End sessions that nobody needs (`freeze {system}` keeps the application out), or raise the limit that it names, of the database, the role or the server; then Retry.',
  },
  target_login_trigger: {
    says: 'A login trigger of {system} refused the session: {seen}.',
    hint: 'A superuser lets sessions in without it: GRANT SET ON PARAMETER event_triggers TO the roles of url and adminUrl; or ALTER EVENT TRIGGER … DISABLE. Then Retry.',
  },
  target_not_expected: {
    says: '{system} is not the server that the plan and the journal know: {seen}.',
    hint: 'Nothing was changed. Check the url in the plan: it may point at another machine.',
  },
  target_gone: {
    says: 'The server of {system} has no database {database}: it was dropped or renamed.',
    hint: '`restore {system}` makes it anew from a backup, beside whatever stands there. If it was renamed, rename it back: ALTER DATABASE … RENAME TO {database}.',
  },
  target_invalid: {
    says: 'Nobody can enter {database} of {system}: an interrupted DROP DATABASE left it invalid.',
    hint: '`restore {system}` puts it aside and makes it anew from a backup.',
  },
  target_changed: {
    says: '{system} changed while Salvor was at work: {seen}.',
    hint: 'Nothing was switched. Look at it, then Retry.',
  },
  database_not_ours: {
    says: '{database} is neither the database of {system} nor one that a job of {system} made or kept.',
    hint: 'Nothing was read. `verify {system} --against baseline|source|<backup>` compares with what the plan names.',
  },
  verify_itself: {
    says: '{database} is the very database of {system}, and holds what it holds.',
    hint: 'Nothing was read. `verify {system}` compares with the backup that was restored last, else the newest; `--against baseline|source|<backup>` with what the plan names.',
  },
  target_meddled: {
    says: 'Code in {system} changed settings of the session that reads it: {seen}.',
    hint: 'What was read may not be what is there, so nothing of it counts. Look for functions in expressions of indexes, statistics objects and checks of {system} that call set_config or SET, and at who wrote them; then Retry.',
  },
  target_lost: {
    says: 'The connection to {system} broke: {seen}.',
    hint: 'Check the server, then Retry: what destroys is looked at before it runs again, a load begins on a fresh side database.',
  },
  target_full: {
    says: 'The disk of {system} is full: {seen}.',
    hint: 'The live database is as it was; what stands beside it is named under «Left». Free space, then Retry.',
  },
  target_rights: { says: '{role} may not {action} on {system}.', hint: 'Grant it: {grant}' },
  target_superuser: {
    says: 'The role {role} is, or can become, a superuser on {system}.',
    hint: 'Nothing was done. Give url and adminUrl roles of few rights (docs/security.md), or write `superuser: <reason>` at {system} in the plan.',
  },
  target_role_missing: {
    says: 'The role {role} does not exist on {system}, but the backup needs it.',
    hint: 'Create it first: {create} then Retry.',
  },
  target_extension_missing: {
    says: 'The machine of {system} lacks the extensions {extensions}, but the backup needs them.',
    hint: 'Install their packages on that machine, then Retry.',
  },
  needs_superuser: {
    says: 'On {system} nobody but a superuser may do what this needs ({objects}), and {role} is none.',
    hint: 'Nothing was changed. Let {key} lead to a superuser for this one job, with `superuser: <reason>` at {system} in the plan, or give these to roles of few rights and back up anew. Do not make {role} a member of a superuser.',
  },
  load_membership: {
    says: '{role} may not give {example} to its owner on {system}: it is no member of {owners}.',
    hint: 'Grant it, no more is needed: {grant} Then Retry.',
  },
  load_role_rights: {
    says: '{role}, as which {system} loads backups, {seen}.',
    hint: 'Code in a backup could do the same. Take it away from {role}, or let `loadUrl` lead to a role that nothing was granted to (docs/security.md); then Retry.',
  },
  load_reached_out: {
    says: 'While a backup was loaded beside {system}, something outside the side database changed: {seen}.',
    hint: 'Code in the backup may have done it: nothing of it was switched, and nothing was put back. Look at what changed, and at the passwords of these roles, which nobody can see. Give the system a `loadUrl` (docs/security.md). If somebody else changed it meanwhile, Retry.',
  },
  target_row_security: {
    says: 'Row security hides rows of {tables} on {system} from {role}, who therefore cannot dump or compare them.',
    hint: 'A superuser says: {grant} Then Retry.',
  },
  target_tablespace_missing: {
    says: 'The tablespace {tablespace} does not exist on {system}, but the backup needs it.',
    hint: 'Create it first, on a disk with room for what it holds: {create} then Retry.',
  },
  target_property_role: {
    says: 'The role {role} does not exist on {system}; the backup says that it owns the database, has rights on it or settings in it.',
    hint: 'Create it first: {create} then Retry; or `restore {system} --properties live` keeps what the database has now.',
  },
  target_space: {
    says: '{system} has {free} free where about {needed} are needed.',
    hint: 'Free space on the disk of {system}, then Retry.',
  },
  tools_older: {
    says: 'The newest {tool} on the worker is {version}, and the server is PostgreSQL {server}.',
    hint: 'Install postgresql-client-{server} on the worker, then Retry.',
  },
  target_locks: {
    says: '{system} can hold {slots} locks at once, and a backup of it locks {tables} tables.',
    hint: 'Set max_locks_per_transaction to {needed} or more (it is {set}), restart {system}, then Retry.',
  },
  load_locks: {
    says: '{system} can hold {slots} locks at once, and one statement of the backup locks {tables} tables.',
    hint: 'Set max_locks_per_transaction to {needed} or more (it is {set}), restart {system}, then Retry.',
  },
  load_locks_full: {
    says: 'The server of {system} has no room for the locks that loading {object} takes.',
    hint: 'The live database is untouched. Set max_locks_per_transaction higher, restart the server, then Retry; or try again when less is going on.',
  },
  target_name_taken: {
    says: 'The database name {name} is taken on {system}.',
    hint: 'Drop or rename it if it is not needed, then Retry.',
  },
  target_prepared: {
    says: '{database} has prepared transactions ({seen}), which block the switch.',
    hint: 'COMMIT PREPARED or ROLLBACK PREPARED them, then Retry.',
  },
  target_slots: {
    says: '{database} has logical replication slots ({seen}), which would stay behind with the old database.',
    hint: 'Drop them or move their consumers, then Retry.',
  },
  target_subscriptions: {
    says: '{database} has subscriptions ({seen}), whose workers would go on in the old database.',
    hint: 'Disable and drop them, then Retry.',
  },
  target_version: { says: '{system} is PostgreSQL {found}; {needed} is needed.', hint: '{fix}' },
  load_rights: {
    says: '{role} may not load {object} on {system}: {seen}.',
    hint: 'Nothing was switched. Give {role} that one right, or let `url` lead to a role that has it; what belongs to a superuser is loaded by a superuser, never by a member of one (docs/security.md).',
  },
  load_failed: {
    says: 'pg_restore stopped: {seen}.',
    hint: 'The live database is untouched. Read the last lines below, mend the cause, then Retry.',
  },
  dump_failed: { says: 'pg_dump stopped: {seen}.', hint: 'Read the last lines below, mend the cause, then Retry.' },
  content_differs: {
    says: 'What was restored is not what the backup holds: {seen}.',
    hint: 'The live database is untouched. Choose another backup, mend the cause and Retry, or go on over exactly these: `resume {job} --accept {accept} --reason …`; then somebody else approves with them before their eyes.',
  },
  lost_rows_unwritten: {
    says: 'The rows that the switch takes away could not be written to {folder}: {seen}.',
    hint: 'Nothing was switched. Make room or mend the folder on the worker, then Retry.',
  },
  live_differs: {
    says: '{database} is not what {against} holds: {seen}.',
    hint: 'Nothing was changed. Look at the differences; `backups {system}` shows what can be brought back, `verify {system}` looks anew.',
  },
  differences_unwritten: {
    says: 'The differences could not be written to {folder}: {seen}.',
    hint: 'Nothing was changed. Make room or mend the folder on the worker, then Retry: tables that were compared already are not read again.',
  },
  databases_differ: {
    says: '{system} differs from {other} in {tables} tables: {inserted} rows inserted, {deleted} deleted, {changed} changed.',
    hint: 'Nothing was changed. The card names the tables and the files with each difference; `compare {system}` looks anew.',
  },
  compare_not_yours: {
    says: '{other} is no database of whoever owns {system}.',
    hint: 'Nothing was read. `--with` takes `source`, a system of the same owner role, or a database that a job of {system} made or kept.',
  },
  checks_failed: {
    says: '{count} checks of {system} did not pass: {seen}.',
    hint: 'Nothing was changed. Look at the data, mend it, then Retry.',
  },
  check_none: {
    says: 'The plan names no checks of {system}, so there is nothing to test.',
    hint: 'Add some under `systems.{system}.checks`; `verify {system}` compares the content instead.',
  },
  switch_failed: {
    says: 'The switch did not happen: {seen}.',
    hint: 'The live database is open and as it was. Mend the cause, then Retry: a new card will ask.',
  },
} as const
