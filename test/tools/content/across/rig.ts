import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { inject } from 'vitest'
import { compareMapping } from '../../../../src/domain/compare-mapping.ts'
import type { ComparedTable } from '../../../../src/domain/comparison.ts'
import type { CompareAcross } from '../../../../src/ports/compare-across.ts'
import type { TestDatabase } from '../../../support/postgres.ts'
import { content, never, targetOf } from '../rig.ts'

/** `here` against `there`: all tables by name, and what is told beside them. */
export async function across(
  here: TestDatabase,
  there: TestDatabase,
  mapping: object = {},
  more: Partial<Parameters<CompareAcross>[0]> = {},
) {
  const tables: { [name: string]: ComparedTable } = {}
  const told = await content.compareAcross({
    here: { target: targetOf(here) },
    there: { target: targetOf(there) },
    mapping: compareMapping.parse(mapping),
    done: new Set(),
    folder: null,
    sample: 10,
    signal: never,
    onPiece: async (piece) => {
      for (const one of piece) tables[one.name] = one
    },
    onProgress: () => {},
    ...more,
  })
  return { ...told, tables }
}

export function newFolder(): string {
  return join(mkdtempSync(join(inject('runFolder'), 'differences-')), 'kept')
}
