import { describe, expect, it } from 'vitest'
import { compareSince, markDefinitions } from '../../src/domain/definition-marks.ts'
import type { ObjectDefinition } from '../../src/domain/definitions.ts'

const made = (kind: string, name: string, facets: ObjectDefinition['facets']): ObjectDefinition => ({
  kind,
  path: [name],
  facets,
})
const due = (definition: string) => made('view', 'due', { owner: 'app', definition })

describe('what a switch remembers of definitions', () => {
  it('has no room taken by large objects, however many were replaced', () => {
    const objects = (from: number) =>
      Array.from({ length: 6_000 }, (_, at) => made('large object', String(from + at), { owner: 'app' }))
    const marks = markDefinitions([...objects(1), due('old')], [...objects(10_000), due('new')])
    expect(Object.keys(marks ?? {})).toEqual(['view due'])
  })

  it('is nothing where too much differs', () => {
    const views = (text: string) =>
      Array.from({ length: 10_001 }, (_, at) => made('view', `v${at}`, { definition: text }))
    expect(markDefinitions(views('old'), views('new'))).toBeNull()
  })

  it('has no digest of what may hold a password', () => {
    const server = (options: string) => made('server', 'far', { options })
    expect(markDefinitions([server('old')], [server('new')])).toEqual({})
  })
})

describe('since the switch', () => {
  const former = [due('old'), made('function', 'gone', { body: '1' })]
  const taking = [due('new'), made('index', 'came', { definition: 'btree' })]
  const marks = markDefinitions(former, taking) ?? {}

  it.each([
    { what: 'nothing, where live is as it was', now: taking, told: [] },
    { what: 'nothing, where a text is the former one again', now: [due('old'), taking[1]], told: [] },
    { what: 'a text that was changed once more', now: [due('newer'), taking[1]], told: ['differs due definition'] },
    {
      what: 'what the switch brought, changed',
      now: [due('new'), made('index', 'came', { definition: 'gin' })],
      told: ['differs came '],
    },
    {
      what: 'what somebody made',
      now: [...taking, made('view', 'fresh', { definition: '1' })],
      told: ['extra fresh '],
    },
  ])('tells $what', ({ now, told }) => {
    const found = compareSince(
      former,
      now.filter((one) => one !== undefined),
      marks,
    )
    expect(found.map(({ verdict, path, facets }) => `${verdict} ${path.join('.')} ${facets.join()}`)).toEqual(told)
  })
})
