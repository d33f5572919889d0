import { createContext, useContext } from 'react'
import type { PageFileHint } from '../slack/page/wire.ts'
import type { Seen } from './store/unread.ts'
import type { Link } from './store/use-feed.ts'
import type { ThemeChoice } from './store/use-theme.ts'

/** Words that something else than the keyboard puts into a composer. */
export interface Proposal {
  readonly words: string
  readonly thread: boolean
  /** Counts proposals, so that the same words can come twice. */
  readonly number: number
}

/** What the parts of the shell share among themselves. */
export interface Shell {
  readonly link: Link
  readonly seen: Seen
  readonly proposal: Proposal | undefined
  readonly themeChoice: ThemeChoice
  chooseTheme(choice: ThemeChoice): void
  /** The sidebar as a sheet, on narrow screens. */
  readonly sheetOpen: boolean
  showSheet(open: boolean): void
  openFile(file: PageFileHint): void
  openSwitcher(): void
}

export const ShellContextSlot = createContext<Shell | null>(null)

/** The shell's own state; only below the page's root. */
export function useShell(): Shell {
  const shell = useContext(ShellContextSlot)
  if (!shell) throw new Error('useShell is for components of the page')
  return shell
}
