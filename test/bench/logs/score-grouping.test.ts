import { describe, expect, it } from 'vitest'
import { readCsv } from '../../../bench/logs/read-csv.ts'
import { scoreGrouping } from '../../../bench/logs/score-grouping.ts'

describe('the grouping score', () => {
  it('is one when every line is in its group, whatever the groups are called', () => {
    expect(scoreGrouping(['a', 'a', 'b'], [7, 7, 9])).toEqual({ ga: 1, fga: 1 })
  })

  it('counts no line of a group that was torn apart', () => {
    expect(scoreGrouping(['a', 'a', 'a', 'b'], [1, 1, 2, 3])).toEqual({ ga: 0.25, fga: 0.4 })
  })

  it('counts no line of groups that were thrown together', () => {
    expect(scoreGrouping(['a', 'b', 'c'], [1, 1, 2])).toEqual({ ga: 1 / 3, fga: 0.4 })
  })

  it('is zero when nothing fits', () => {
    expect(scoreGrouping(['a', 'b'], [1, 1])).toEqual({ ga: 0, fga: 0 })
  })
})

describe('reading CSV', () => {
  it('keeps commas, quotes and line breaks inside quoted fields', () => {
    expect(readCsv('a,"b, ""c""\nd",e\r\n1,,3\n')).toEqual([
      ['a', 'b, "c"\nd', 'e'],
      ['1', '', '3'],
    ])
  })

  it('reads a last line without a line break', () => {
    expect(readCsv('a,b\n1,2')).toEqual([
      ['a', 'b'],
      ['1', '2'],
    ])
  })

  it('says where it is not CSV', () => {
    expect(() => readCsv('a,b"c\n')).toThrow('not CSV at character')
  })
})
