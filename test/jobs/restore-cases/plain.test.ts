import { afterEach, expect, inject, test } from 'vitest'
import { openCase, type PlayedCase } from '../../support/restore-cases/play-case.ts'
import { listCases, readCase } from '../../support/restore-cases/read-case.ts'

let played: PlayedCase | undefined
afterEach(async () => {
  await played?.close()
  played = undefined
})

test('every case can be read: it has a set-up, and each of its steps is known or has a section', () => {
  const said = /^(diff|undocard|(backup|baseline|restore|verify|undo)\d*)$/
  const lacking = listCases().flatMap((id) => {
    const { sections, steps } = readCase(id)
    const missing = steps.filter((step) => !said.test(step) && !sections.has(step))
    return [...(sections.has('setup') ? [] : [`${id} has no set-up`]), ...missing.map((step) => `${id}: ${step}`)]
  })
  expect(lacking).toEqual([])
})

/**
 * Cases whose right outcome is that live is again what it was before the damage, byte for byte. A locale provider for
 * a database came with PostgreSQL 15.
 */
const byteEqual = ['c00', 'c15b', 'c16d', 'c27b', 'c30b', 'c45', ...(inject('serverMajor') < 15 ? [] : ['c54c'])]

test.each(byteEqual)('%s: after the restore a dump of live is what it was before the damage', async (id) => {
  played = await openCase(id)
  await played.play()
  expect(played.failureOf('restore')).toBeNull()
  expect(played.after).toBe(played.before)
})
