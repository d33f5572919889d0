import { describeFormat } from './format.ts'

/** mongorestore, mongoimport and mongodump: time, a tab, text. The shell and server before 4.4 have a letter for the level. */
export const mongoTools = describeFormat(
  'mongo-tools',
  /^(?<at>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}(?:Z|[+-]\d{2}:?\d{2})) (?<level>[DIWEF]) {1,2}(?<source>[A-Z]{3,10}) {1,4}\[(?:[^\]]{1,40})\] (?<text>.*)/s,
  /^(?<at>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}(?:Z|[+-]\d{2}:?\d{2}))(?:\t| {3,8})(?<text>.*)/s,
)
