import { describeFormat } from './format.ts'

/** AWS DMS task logs: `2026-03-01T02:10:07 [TARGET_APPLY    ]E:  text [1020403]  (file.c:123)`; the letter is the level. */
export const dms = describeFormat(
  'aws-dms',
  /^(?:(?:\d{5,12}: )?(?<at>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:[.:]\d{1,6})?):? )?\[(?<source>[A-Z_]{3,24}) {0,20}\] {0,2}(?<level>[TDIVWE]): {1,4}(?<text>.*)/s,
)
