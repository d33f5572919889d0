import { useEffect, useRef } from 'react'
import type { Suggestion } from './suggest.ts'

/** The list above the composer; the composer keeps the focus and says which one is chosen. */
export function SuggestionList(props: {
  readonly id: string
  readonly list: readonly Suggestion[]
  readonly chosen: number
  readonly onTake: (suggestion: Suggestion) => void
}) {
  const { id, list, chosen, onTake } = props
  const box = useRef<HTMLDivElement>(null)
  // In braces: browsers have begun to answer scrolling with a promise, which is no cleanup.
  useEffect(() => {
    box.current?.children[chosen]?.scrollIntoView({ block: 'nearest' })
  }, [chosen])
  return (
    <div className="suggestions">
      <p className="suggestions-help" aria-hidden="true">
        <kbd>↑</kbd> <kbd>↓</kbd> to choose, <kbd>Tab</kbd> or <kbd>Enter</kbd> to take it, <kbd>Esc</kbd> to close
      </p>
      <div ref={box} id={id} className="suggestions-list" role="listbox" aria-label="Suggestions">
        {list.map((one, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: keys are taken by the composer, which keeps the focus.
          <div
            key={one.key}
            id={`${id}-${index}`}
            className="suggestion"
            role="option"
            tabIndex={-1}
            aria-selected={index === chosen}
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => onTake(one)}
          >
            <span className="suggestion-title">
              <b>{one.title}</b> <span className="suggestion-usage">{one.usage}</span>
            </span>
            <span className="suggestion-summary">{one.summary}</span>
          </div>
        ))}
      </div>
    </div>
  )
}
