import fc from 'fast-check'

const people = ['alice', 'bob', 'dana', 'carol', 'oscar'] as const
export const holders: readonly string[] = ['alice', 'bob', 'dana']

const kinds = [
  ...['approve by button', 'approve by button', 'approve by words', 'reject', 'stop', 'resume', 'retry', 'request'],
  ...['press a stale card', 'say a stale code', 'guess a code', 'say nothing but approve', 'read the card'],
  ...['press twice at once', 'replay', 'replay as another', 'press with another', 'alone'],
  ...[
    'settle',
    'settle',
    'settle',
    'lose the wakeups',
    'sweep',
    'more to lose',
    'later',
    'fail',
    'work',
    'vanish',
    'go round',
  ],
] as const

export interface Act {
  readonly kind: (typeof kinds)[number]
  readonly person: (typeof people)[number]
}

/** What people, the clock and the world do, in any order. */
export const acts = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom(...kinds), person: fc.constantFrom(...people) }) },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constantFrom('approve by button' as const, 'settle' as const, 'read the card' as const),
        person: fc.constantFrom('bob' as const, 'dana' as const),
      }),
    },
  ),
  { minLength: 4, maxLength: 20 },
)

/** Could this act decide about the newest card? */
export function decides(kind: Act['kind']): boolean {
  return !['press a stale card', 'say a stale code', 'guess a code', 'say nothing but approve', 'go round'].includes(
    kind,
  )
}
