import { describeFormat } from './format.ts'

/** Prisma's `Error: P3018` and `Error: ` of other Node tools. */
export const prisma = describeFormat(
  'prisma',
  /^(?:\[?(?<level>Error|ERROR)\]?): (?<text>(?:P[1-6]\d{3}\b|.{0,20}migrat|Schema engine|Prisma).*)/s,
)

/** Knex's own words, and the class of a Node error in front of its message. */
export const knex = describeFormat(
  'knex',
  /^(?<text>(?:migration (?:file )?".{1,200}" failed|migration failed with (?<level>error):).*)/s,
  /^(?<text>[A-Z][A-Za-z]{2,40}(?<level>Error): .*)/s,
)

/** Rails: the logger's `E, [time #pid] ERROR -- : text`, `== Version Name: migrating ===`, and classes with `::`. */
export const rails = describeFormat(
  'rails',
  /^[A-Z], \[(?<at>[^ \]]{10,40}) #(?<pid>\d+)\] {1,3}(?<level>DEBUG|INFO|WARN|ERROR|FATAL|ANY) -- (?<source>[^:]{0,60}): (?<text>.*)/s,
  /^(?<text>== (?:\d{1,20} )?\w{1,100}: (?:migrat|revert).*)/s,
)
