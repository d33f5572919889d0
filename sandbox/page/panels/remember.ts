import { useState } from 'react'

/** A word that this browser remembers under `name`; a browser that may not remember begins anew at each reload. */
export function useRemembered(name: string): readonly [string, (value: string) => void] {
  const [values, setValues] = useState<Readonly<Record<string, string>>>({})
  const keep = (value: string) => {
    setValues((known) => ({ ...known, [name]: value }))
    try {
      localStorage.setItem(name, value)
    } catch {
      // Private windows may refuse; the state above still holds it.
    }
  }
  return [values[name] ?? recall(name), keep]
}

function recall(name: string): string {
  try {
    return localStorage.getItem(name) ?? ''
  } catch {
    return ''
  }
}
