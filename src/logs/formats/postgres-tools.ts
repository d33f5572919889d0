import { describeFormat, type Format } from './format.ts'

const lines = describeFormat(
  'postgres-tools',
  /^(?<source>pg_[a-z]{3,16}|psql|initdb|createdb|dropdb|vacuumdb|reindexdb|clusterdb|pgcopydb|yb-voyager|ysqlsh)(?::\S{1,300}:\d{1,9})?: (?:\[[^\]]{1,40}\] )?(?<level>error|fatal|warning|detail|hint|info|ERROR|FATAL|WARNING|NOTICE|INFO): {1,2}(?<text>.*)/s,
  /^(?<source>pg_restore|pg_dump|pg_dumpall|psql): \[[^\]]{1,40}\] (?<text>.*)/s,
  /^(?<source>pg_[a-z]{3,16}|psql): (?<text>.*)/s,
)

/** pg_restore, pg_dump, psql and their kin, of new (`error:`) and old (`[archiver (db)]`) versions. */
export const postgresTools: Format = {
  name: 'postgres-tools',
  parse(line) {
    const parsed = lines.parse(line)
    // psql calls the statement that it echoes an error too.
    return parsed && /^(?:STATEMENT|QUERY): /.test(parsed.text) ? { ...parsed, part: 'detail' } : parsed
  },
}
