import type { PlanCheck, PostgresSystem, RecoveryPlan } from '../../domain/recovery-plan.ts'
import { policyFor } from '../policy.ts'
import { type DocumentWords, fillIn } from './words.ts'
import { writeAddress, writeBlock, writeWords } from './write-commands.ts'

/** What a side or kept database is called where a person has to fill in the name of theirs. */
const database = 'DATABASE'

/** Rule 6 by hand: restore beside the live database, prove it, then switch, with the way back. */
export function writeRestore(plan: RecoveryPlan, system: string, of: PostgresSystem, words: DocumentWords): string[] {
  const say = words.restore
  const { count, from } = policyFor(plan, system, 'destructive')
  const facts = { system, database, keep: plan.keepOld, count, from: from.join(', ') }
  const admin = writeAddress(of.adminUrl ?? of.url)
  const dumps = of.backups.flatMap((backup) => (backup.kind === 'pg_dump' ? [backup.path] : []))
  const stanzas = of.backups.flatMap((backup) => (backup.kind === 'pgbackrest' ? [backup] : []))
  const backRest = stanzas.map(({ stanza, configFile }) =>
    ['pgbackrest', ...(configFile ? [`--config=${configFile}`] : []), `--stanza=${stanza}`, 'info'].join(' '),
  )
  return [
    fillIn(say.choose, facts),
    writeBlock('sh', [...dumps.map((path) => `ls -l ${path}`), ...backRest, 'pg_restore --list BACKUP | head -20']),
    fillIn(say.create, facts),
    writeBlock('sh', [`psql ${admin} -c 'CREATE DATABASE "${database}_side" TEMPLATE template0'`]),
    say.load,
    writeBlock('sh', [`pg_restore --jobs=4 --exit-on-error --verbose --dbname=ADDRESS_OF_${database}_side BACKUP`]),
    ...(stanzas.length > 0 ? [say.loadBackRest] : []),
    say.check,
    ...writeChecks(system, of.checks, words),
    fillIn(facts.count > 0 ? say.approve : say.approveNone, facts),
    say.switchOver,
    writeBlock('sh', [`psql ${admin} -v ON_ERROR_STOP=1 <<'SQL'`, ...switchSql('', '_side', '_old'), 'SQL']),
    fillIn(say.wayBack, facts),
    writeBlock('sh', [`psql ${admin} -v ON_ERROR_STOP=1 <<'SQL'`, ...switchSql('', '_old', '_side'), 'SQL']),
  ]
}

/** The live database steps aside under `away`, and the one called `from` takes its name. */
function switchSql(live: string, from: string, away: string): string[] {
  return [
    `ALTER DATABASE "${database}${live}" ALLOW_CONNECTIONS false;`,
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname IN ('${database}${live}', '${database}${from}');`,
    'BEGIN;',
    `ALTER DATABASE "${database}${live}" RENAME TO "${database}${away}";`,
    `ALTER DATABASE "${database}${from}" RENAME TO "${database}${live}";`,
    `ALTER DATABASE "${database}${live}" ALLOW_CONNECTIONS true;`,
    'COMMIT;',
  ]
}

/** The checks of a system with what they should answer; asked so that they cannot change anything. */
export function writeChecks(system: string, checks: readonly PlanCheck[], words: DocumentWords): string[] {
  if (checks.length === 0) return [fillIn(words.noChecks, { system })]
  return checks.flatMap((check) => {
    const wanted = [
      ...(check.expect === undefined ? [] : [fillIn(words.expect, { value: String(check.expect) })]),
      ...(check.within === undefined ? [] : [fillIn(words.within, { time: check.within })]),
    ]
    const title = `${writeWords(check.name)}${wanted.length > 0 ? `: ${wanted.join(', ')}` : ''}`
    return [title, writeBlock('sql', ['BEGIN READ ONLY;', `${check.sql.replace(/;\s*$/, '')};`, 'ROLLBACK;'])]
  })
}

/** Keeps connections out of a database, or lets them in again. */
export function writeDoor(of: PostgresSystem, open: boolean): string {
  const sql = [
    `ALTER DATABASE "${database}" ALLOW_CONNECTIONS ${open};`,
    ...(open ? [] : [`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${database}';`]),
  ]
  return writeBlock('sh', [`psql ${writeAddress(of.adminUrl ?? of.url)} <<'SQL'`, ...sql, 'SQL'])
}

/** Rows of every table, exactly. */
export function writeCounts(of: PostgresSystem): string {
  const sql =
    "SELECT format('SELECT %L, count(*) FROM %I.%I', relname, nspname, relname) FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace " +
    "WHERE relkind = 'r' AND nspname NOT LIKE 'pg\\_%' AND nspname <> 'information_schema' ORDER BY 1 \\gexec"
  return writeBlock('sh', [`psql ${writeAddress(of.url)} <<'SQL'`, sql, 'SQL'])
}
