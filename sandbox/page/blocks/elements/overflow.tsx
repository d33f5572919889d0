import type { Overflow } from '@slack/types'
import { useRef, useState } from 'react'
import { Text } from '../mrkdwn.tsx'
import { type ElementPlace, useElement } from '../use-element.ts'
import { Failure } from './button.tsx'

/** The menu behind three dots: arrow keys walk, Escape closes and gives the focus back. */
export function OverflowElement({ element, place }: { readonly element: Overflow; readonly place: ElementPlace }) {
  const use = useElement(element, place)
  const [open, setOpen] = useState(false)
  const [toLeft, setToLeft] = useState(false)
  const box = useRef<HTMLSpanElement>(null)
  const items = () => [...(box.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])]
  const close = () => {
    setOpen(false)
    box.current?.querySelector('button')?.focus()
  }
  const walk = (event: React.KeyboardEvent) => {
    if (event.key === 'Escape' && open) {
      event.preventDefault()
      event.stopPropagation()
      close()
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step === undefined || !open) return
    event.preventDefault()
    const at = items().indexOf(document.activeElement as HTMLElement)
    items()
      .at((at + step) % items().length)
      ?.focus()
  }
  const leave = (event: React.FocusEvent) => {
    if (!box.current?.contains(event.relatedTarget)) setOpen(false)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the button and the menu inside bubble up to here
    <span className="overflow" ref={box} onKeyDown={walk} onBlur={leave}>
      <button
        type="button"
        className="press icon"
        aria-label="More actions"
        aria-haspopup="menu"
        aria-expanded={open}
        aria-busy={use.pending || undefined}
        aria-disabled={use.pending || undefined}
        onClick={(event) => {
          // The menu grows to the side where the window has room for it.
          setToLeft(event.currentTarget.getBoundingClientRect().left > window.innerWidth / 2)
          setOpen(!open && !use.pending)
        }}
      >
        <span className="press-words">⋯</span>
        {use.pending ? <span className="spinner" /> : null}
      </button>
      {open ? (
        <span className={`menu${toLeft ? ' to-left' : ''}`} role="menu">
          {element.options.map((option, index) => (
            <button
              key={option.value ?? option.text.text}
              type="button"
              role="menuitem"
              // biome-ignore lint/a11y/noAutofocus: a menu that was opened takes the focus
              autoFocus={index === 0}
              onClick={() => {
                close()
                if (option.url && /^https?:\/\//i.test(option.url)) window.open(option.url, '_blank', 'noopener')
                use.press({ selected_option: option })
              }}
            >
              <Text of={option.text} />
            </button>
          ))}
        </span>
      ) : null}
      <Failure text={use.failure} />
    </span>
  )
}
