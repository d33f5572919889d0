/** What was said before, oldest first, and how far back the reader has gone in it. */
export interface History {
  readonly lines: readonly string[]
  /** 0: nothing brought back; 1: the newest line. */
  readonly back: number
}

const MOST = 50

/** The history after something was said: it stands at its end once, and nothing is brought back. */
export function remember({ lines }: History, said: string): History {
  return { lines: [...lines.filter((one) => one !== said), said].slice(-MOST), back: 0 }
}

/** One line further back (`older`) or nearer; `text` is what the composer then shows. */
export function recall(history: History, older: boolean): { readonly history: History; readonly text: string } {
  const { lines, back } = history
  const next = Math.max(0, Math.min(lines.length, back + (older ? 1 : -1)))
  return { history: { lines, back: next }, text: next === 0 ? '' : (lines[lines.length - next] ?? '') }
}
