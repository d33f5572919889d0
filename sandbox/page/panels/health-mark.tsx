import type { Health } from '../../slack/page/wire.ts'

const marks: Readonly<Record<Health, { readonly sign: string; readonly word: string }>> = {
  good: { sign: '✓', word: 'good' },
  bad: { sign: '✕', word: 'broken' },
  busy: { sign: '⟳', word: 'in work' },
  unknown: { sign: '?', word: 'not known' },
}

/** How a thing is, as sign and word: colour alone says nothing to many people. */
export function HealthMark({ health }: { readonly health: Health }) {
  const { sign, word } = marks[health]
  return (
    <span className={`health health-${health}`}>
      <span className="health-sign" aria-hidden="true">
        {sign}
      </span>
      {word}
    </span>
  )
}
