import type { Screen } from './present.ts'

/** The card at the foot of the screen that is drawn anew in place. */
export interface LiveView {
  show(lines: readonly string[]): void
  /** Writes something that stays above it. */
  above(write: () => void): void
  /** Lets it stand as it is; the next one begins below. */
  keep(): void
}

/**
 * Redraws by going up as many lines as were drawn and clearing to the end of the screen. What is taller than the
 * screen is cut, because lines that have scrolled away cannot be reached any more.
 */
export function createLiveView(screen: Pick<Screen, 'write' | 'size'>): LiveView {
  let shown: readonly string[] = []
  const erase = () => (shown.length === 0 ? '' : `\x1b[${shown.length}A\r\x1b[J`)
  const draw = (lines: readonly string[]) => lines.map((line) => `${line}\n`).join('')
  return {
    show(lines) {
      const room = Math.max(3, (screen.size()?.rows ?? 24) - 1)
      const fitting =
        lines.length <= room ? lines : [...lines.slice(0, room - 1), `  … ${lines.length - room + 1} more lines`]
      screen.write(`${erase()}${draw(fitting)}`)
      shown = fitting
    },
    above(write) {
      if (shown.length === 0) return write()
      screen.write(erase())
      write()
      screen.write(draw(shown))
    },
    keep() {
      shown = []
    },
  }
}
