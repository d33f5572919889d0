import { expect, test } from 'vitest'
import type { Excerpt } from '../../../bench/eval-logs/excerpt.ts'
import { scoreExcerpts } from '../../../bench/eval-logs/score.ts'

const alone = () => ({ before: [], after: [] })

const unique: Excerpt = {
  id: 'unique',
  text: 'ok\nERROR:  duplicate key value violates unique constraint "users_email_key"\nDETAIL:  Key (email)=(han@shop.example) already exists.',
  label: ['constraint_violation', 'duplicate_object'],
  key_line: [1],
  code: null,
  code_in_text: false,
  hide: ['han@shop'],
  show: ['users_email_key'],
}

test('every question that is asked is scored, by kind as well, and one that is not asked has no share', async () => {
  const score = await scoreExcerpts([unique, { ...unique, id: 'other', kind: 'mine', table: 'users' }], alone)
  expect(score).toMatchObject({ label: 1, rootFirst: 1, hide: 1, show: 1, table: 0, row: null, code: null })
  expect(score.asked).toMatchObject({ label: 2, table: 1, row: 0 })
  expect(score.kinds.mine).toMatchObject({ excerpts: 1, label: 1, table: 0 })
  expect(score.misses).toHaveLength(1)
})

test('a log in which nothing failed is right when nothing is found, and a failure that is passed over is counted apart', async () => {
  const calm = { ...unique, key_line: null, hide: [], show: [], text: 'all is well\n' }
  const missed = { ...unique, hide: [], show: [], text: 'all is well\n' }
  const score = await scoreExcerpts([calm, missed], alone)
  expect(score).toMatchObject({ rootFirst: 0.5, wronglyClear: 1, hide: null })
})

test('what would be hidden counts as shown wherever it appears, in JSON or not', async () => {
  const leak = { ...unique, text: 'ERROR:  relation "a\\b" does not exist', hide: ['a\\b'], show: [], key_line: 0 }
  expect(await scoreExcerpts([leak], alone)).toMatchObject({ hide: 0 })
})
