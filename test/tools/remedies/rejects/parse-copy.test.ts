import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseCopyLine, parseDelimitedLine } from '../../../../src/tools/remedies/rejects/parse-copy.ts'

const named: Record<string, string> = {
  '\\': '\\\\',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
}
/** As the server writes a value in COPY's text format. */
const write = (value: string | null) =>
  value === null ? '\\N' : value.replace(/[\\\b\f\n\r\t\v]/g, (sign) => named[sign] ?? sign)

test('whatever COPY writes is read back, value by value', () => {
  const value = fc.oneof(fc.constant(null), fc.string(), fc.constantFrom('', '\\', '\\N', '\t', 'a\\tb', '\\\n'))
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 5 }), (values) => {
      expect(parseCopyLine(values.map(write).join('\t'))).toEqual(values)
    }),
  )
})

test.each([
  ['a\\tb', ['a\tb']],
  ['\\x41\\101\\q', ['AAq']],
  ['\\N\t\\\\N\t', [null, '\\N', '']],
])('%j is read as COPY reads it', (line, values) => {
  expect(parseCopyLine(line)).toEqual(values)
})

test.each([
  ['1,2,3', ['1', '2', '3']],
  ['1,,', ['1', null, null]],
  ['"a,""b""",c', ['a,"b"', 'c']],
  ['"",x', ['', 'x']],
  ['"open,x', ['open,x']],
])('%j is read as delimited fields', (line, values) => {
  expect(parseDelimitedLine(line, ',')).toEqual(values)
})
