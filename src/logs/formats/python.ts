import { describeFormat } from './format.ts'

/** Python's logging in its usual layouts, Airflow's and uvicorn's among them. */
export const pythonLogging = describeFormat(
  'python-logging',
  /^(?<at>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}) - (?<source>[\w.-]{1,100}) - (?<level>DEBUG|INFO|WARNING|ERROR|CRITICAL) - (?<text>.*)/s,
  /^\[(?<at>\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d[,.]\d{3}[^\]]{0,8})\] \{?(?<source>[\w./-]{1,100}:\d+)\}? (?<level>DEBUG|INFO|WARNING|ERROR|CRITICAL) - (?<text>.*)/s,
  /^(?<level>DEBUG|INFO|WARNING|ERROR|CRITICAL):(?<source>[\w.-]{1,100}):(?<text>.*)/s,
)

/** Alembic's console: `INFO  [alembic.runtime.migration] text`, `FAILED: text`. */
export const alembic = describeFormat(
  'alembic',
  /^(?<level>DEBUG|INFO|WARNI?N?G?|ERROR|CRITI?C?A?L?) {1,3}\[(?<source>[\w.]{3,80})\] (?<text>.*)/s,
  /^(?<level>FAILED): (?<text>.*)/s,
)

/** dbt's console and its log file: `02:10:07  text`, `02:10:07.123456 [error] [MainThread]: text`. */
export const dbt = describeFormat(
  'dbt',
  /^(?<at>(?:\d{4}-\d\d-\d\d )?\d\d:\d\d:\d\d[.,]\d{3,6})(?: \([\w-]{1,40}\):)? \[(?<level>debug|info ?|warn ?|error)\] \[(?<source>[\w-]{1,60}) ?\]: (?<text>.*)/s,
  /^(?<at>\d\d:\d\d:\d\d) {2}\[(?<level>WARNING|ERROR)\]: (?<text>.*)/s,
  /^(?<at>\d\d:\d\d:\d\d) {2}(?<text>.*)/s,
)

/** Python's `warnings`: `/app/models.py:12: RuntimeWarning: text`. */
export const pythonWarnings = describeFormat(
  'python-warnings',
  /^(?<source>[^\s:]{1,300}\.py:\d{1,6}): (?<level>\w{0,40}Warning): (?<text>.*)/s,
)
