import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { quoteArgv } from '../../../src/tools/hosts/quote-argv.ts'

test('every word comes out of a shell as it went in, whatever it holds', () => {
  const word = fc.string({ unit: fc.constantFrom(...`ab '"\\$\`;&|<>(){}*?~!#=%\n\t-주`), maxLength: 12 })
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 4 }), (words) => {
      const text = quoteArgv(['printf', '%s\\0', ...words])
      const seen = execFileSync('sh', ['-c', text], { encoding: 'utf8' })
      expect(seen.split('\0').slice(0, -1)).toEqual(words)
    }),
    { numRuns: 150 },
  )
})
