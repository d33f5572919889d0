import { expect, test } from 'vitest'
import { listNodes, parseStatements } from '../../../src/tools/archives/parse-statements.ts'
import { findBeyondPlain } from '../../../src/tools/remedies/find-beyond-plain.ts'
import { refuseParsed } from '../../../src/tools/remedies/refuse-parsed.ts'

const depths = [1_000, 4_000, 20_000, 200_000]
const shapes: { readonly [name: string]: (inner: string, depth: number) => string } = {
  'a row of sums': (inner, depth) => `SELECT ${inner}${'+1'.repeat(depth)}`,
  negations: (inner, depth) => `SELECT ${'NOT '.repeat(depth)}${inner} IS NULL`,
  unions: (inner, depth) => `SELECT ${inner}${' UNION SELECT 1'.repeat(depth)}`,
  'queries in queries': (inner, depth) => `${'SELECT ('.repeat(depth)}${inner}${')'.repeat(depth)}`,
  'many arguments': (inner, depth) => `SELECT concat(${inner}${', 1'.repeat(depth)})`,
}

/** What was refused before the depth was too much for the grammar itself, which says so. */
const tooDeep = /memory exhausted|call stack/

test.each(Object.entries(shapes))(
  'a call that no rollback takes back is found behind %s, however deep, and the next text is read as ever',
  async (_name, nest) => {
    for (const depth of depths) {
      const evil = await refuseParsed(nest('pg_catalog.pg_terminate_backend(1)', depth))
      expect(evil).toMatch(new RegExp(`pg_terminate_backend|${tooDeep.source}`))
      expect((await refuseParsed(nest('1', depth))) ?? '').toMatch(new RegExp(`^$|${tooDeep.source}`))
      expect(await refuseParsed('SELECT 1')).toBeNull()
    }
  },
)

test.each(Object.entries(shapes))('nor is it plain behind %s', async (_name, nest) => {
  expect(await findBeyondPlain(nest('own.evil()', 1_000).replace('own.', ''))).toMatch(/evil/)
  const nodes = listNodes(await parseStatements(nest('evil()', 4_000)), 'FuncCall')
  if (nodes.length > 0) expect(JSON.stringify(nodes.at(-1))).toMatch(/evil|concat/)
})
