import { describeFormat } from './format.ts'

/** Airbyte: `2026-03-01 02:10:07 source > text`, with a level in some versions. */
export const airbyte = describeFormat(
  'airbyte',
  /^(?:(?<source>source|destination|normalization|dbt|platform|sync|check) - )?(?<at>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) (?<level>DEBUG|INFO|WARN|ERROR|FATAL) (?:\([^)]{0,200}\) )?[\w.$]{1,120}\([\w$<>]{1,80}\):\d{1,6} - (?:\{\} - )?(?<text>.*)/s,
  /^(?<at>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) (?<source>source|destination|platform|replication-orchestrator|normalization|dbt) {1,2}> (?:(?<level>DEBUG|INFO|WARN|ERROR|FATAL) )?(?<text>.*)/s,
)
