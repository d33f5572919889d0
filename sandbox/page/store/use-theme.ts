import { useEffect, useState, useSyncExternalStore } from 'react'

/** What a person chose: one of the two, or whatever the system prefers. */
export type ThemeChoice = 'auto' | 'light' | 'dark'

const dark = window.matchMedia('(prefers-color-scheme: dark)')

/** The colours to use, and the choice behind them, remembered in this browser. */
export function useTheme(): { theme: 'light' | 'dark'; choice: ThemeChoice; choose: (choice: ThemeChoice) => void } {
  const [choice, setChoice] = useState<ThemeChoice>(readChoice)
  const systemIsDark = useSyncExternalStore(followSystem, () => dark.matches)
  useEffect(() => {
    document.documentElement.dataset.theme = choice
    localStorage.setItem('theme', choice)
  }, [choice])
  const theme = choice === 'auto' ? (systemIsDark ? 'dark' : 'light') : choice
  return { theme, choice, choose: setChoice }
}

function followSystem(changed: () => void): () => void {
  dark.addEventListener('change', changed)
  return () => dark.removeEventListener('change', changed)
}

function readChoice(): ThemeChoice {
  const stored = localStorage.getItem('theme')
  return stored === 'light' || stored === 'dark' ? stored : 'auto'
}
