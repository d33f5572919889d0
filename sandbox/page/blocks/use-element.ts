import { createContext, useContext, useState } from 'react'
import type { Answer } from '../../slack/page/wire.ts'
import { usePage, type WireElement } from '../page-context.ts'
import { type Held, type InteractiveElement, initialHold } from './hold.ts'

/** The form around an input, which keeps what was typed across new versions of its view. */
export interface Form {
  readonly held: (block: string) => Held | undefined
  readonly hold: (block: string, held: Held) => void
  /** What is wrong with an input's content. */
  readonly error: (block: string) => string | undefined
}

export const FormSlot = createContext<Form | null>(null)

/** Where an element stands: the message or view, and the block in it. */
export interface ElementPlace {
  readonly source: string
  readonly block: string | undefined
}

/** What an element's component needs: what it holds, how to change that, and how the last use went. */
export interface ElementUse {
  readonly held: Held
  /** Keeps it; an element of a message reports it to the app at once. */
  readonly hold: (held: Held) => void
  /** Reports to the app, by default what is held. */
  readonly press: (held?: Held) => void
  /** The app has not answered yet. */
  readonly pending: boolean
  readonly failure: string | undefined
}

/** How an element reports: each change, or only into the form around it. */
export function useElement(
  element: InteractiveElement,
  place: ElementPlace,
  reports: 'each change' | 'when told' = 'each change',
): ElementUse {
  const { actions } = usePage()
  const form = useContext(FormSlot)
  const [own, setOwn] = useState<Held>()
  const [pending, setPending] = useState(false)
  const [failure, setFailure] = useState<string>()
  const block = place.block ?? ''
  const kept = form && block !== '' ? form.held(block) : own
  const held = kept ?? initialHold(element)

  const press = (holds: Held = held) => {
    if (pending) return
    setPending(true)
    setFailure(undefined)
    const wire = element as unknown as WireElement
    actions
      .press({ source: place.source, block: place.block, element: wire, holds })
      .then((answer) => setFailure(answer && sayFailure(answer)))
      .catch((error: unknown) => setFailure(error instanceof Error ? error.message : 'That did not work. Try again.'))
      .finally(() => setPending(false))
  }
  const hold = (next: Held) => {
    if (form && block !== '') form.hold(block, next)
    else setOwn(next)
    if (reports === 'each change') press(next)
  }
  return { held, hold, press, pending, failure }
}

function sayFailure({ error, notice }: Answer): string | undefined {
  return error ?? (notice === undefined ? undefined : `The app did not take it (${notice}).`)
}
