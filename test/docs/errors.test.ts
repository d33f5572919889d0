import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { errorCatalogue } from '../../src/domain/errors/catalogue.ts'

const page = readFileSync(new URL('../../docs/errors.md', import.meta.url), 'utf8')
const sections = new Map(
  page
    .split(/^### /m)
    .slice(1)
    .map((section) => [section.split('\n')[0] ?? '', section.split(/^## /m)[0] ?? ''] as const),
)

test.each(Object.entries(errorCatalogue))(
  '%s is documented with its words, its hint and when it happens',
  (code, entry) => {
    const section = sections.get(code) ?? ''
    expect(section).toContain(`- **Says:** ${entry.says}\n`)
    expect(section).toContain(`- **Hint:** ${entry.hint}\n`)
    expect(section).toMatch(/^- \*\*When:\*\* \S.{15,}\.$/m)
  },
)

test('nothing is documented that is not in the catalogue', () => {
  expect([...sections.keys()].sort()).toEqual(Object.keys(errorCatalogue).sort())
})
