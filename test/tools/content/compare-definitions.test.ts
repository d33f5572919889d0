import { expect, it } from 'vitest'
import type { ContentManifest } from '../../../src/domain/content.ts'
import type { ObjectDefinition } from '../../../src/domain/definitions.ts'
import { compareDefinitions } from '../../../src/tools/content/compare-definitions.ts'

const made = (kind: string, name: string, facets: ObjectDefinition['facets']): ObjectDefinition => ({
  kind,
  path: ['public', name],
  facets,
})
const definitions = [made('view', 'due', { owner: 'app', definition: 'one' }), made('function', 'tax', { body: '1' })]
const rehearsal = {
  serverVersion: '17.12',
  at: '2026-03-01T00:00:00Z',
  definitions: { changed: [], gone: [] },
  sequences: [],
}
const manifest = { definitions, rehearsal } as unknown as ContentManifest

function compare(found: readonly ObjectDefinition[], serverVersion: string) {
  const of = { kinship: 'restored', only: null, serverVersion } as const
  return compareDefinitions(manifest, found, of).findings.map(({ verdict, name }) => `${verdict} ${name}`)
}

it.each([
  {
    what: 'a text',
    found: [made('view', 'due', { owner: 'app', definition: 'two' })],
    same: 'differs',
    other: 'not_comparable',
  },
  {
    what: 'an owner',
    found: [made('view', 'due', { owner: 'eve', definition: 'one' })],
    same: 'differs',
    other: 'differs',
  },
])('$what that differs on the version that was rehearsed on, and on another one', ({ found, same, other }) => {
  const all = [...found, made('function', 'tax', { body: '1' })]
  expect(compare(all, '17.9')).toEqual([`${same} view public.due`])
  expect(compare(all, '18.1')).toEqual([`${other} view public.due`])
})

it('tells of NOT NULL constraints only where the version that was rehearsed on would have kept them', () => {
  const kept = made('constraint', 'orders_id_not_null', { definition: 'NOT NULL id' })
  const check = made('constraint', 'orders_check', { definition: 'CHECK (id > 0)' })
  expect(compare([...definitions, kept, check], '18.1')).toEqual(['extra public.orders_check'])
  expect(compare([...definitions, kept, check], '17.12')).toEqual([
    'extra public.orders_id_not_null',
    'extra public.orders_check',
  ])
})
