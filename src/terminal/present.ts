import type { TerminalDocument } from './documents.ts'
import { drawLines } from './draw-text.ts'
import { createLiveView } from './live-view.ts'
import { writeClock, writeText } from './write-text.ts'

/** Where a terminal's text goes. */
export interface Screen {
  write(text: string): void
  complain(text: string): void
  /** Cells a line and lines; undefined where nobody looks on, as in a pipe. */
  size(): { readonly columns: number; readonly rows: number } | undefined
  readonly colour: boolean
}

/** Width of text that goes into a file or a pipe. */
const PIPE_WIDTH = 100

/** Shows documents as they come. */
export interface Presenter {
  show(document: TerminalDocument): void
}

/** One JSON document a line, nothing else. */
export function createJsonPresenter(screen: Pick<Screen, 'write'>): Presenter {
  return { show: (document) => screen.write(`${JSON.stringify(document)}\n`) }
}

/** Text for people: events as lines, cards drawn, a live card redrawn in place where the screen can. */
export function createTextPresenter(screen: Screen): Presenter {
  let timezone = 'UTC'
  const live = createLiveView(screen)
  const draw = (card: Parameters<typeof drawLines>[0]) =>
    drawLines(card, { width: screen.size()?.columns ?? PIPE_WIDTH, colour: screen.colour, timezone })
  const print = (lines: readonly string[]) => live.above(() => screen.write(`${lines.join('\n')}\n`))
  return {
    show(document) {
      switch (document.type) {
        case 'start':
          timezone = document.timezone
          return
        case 'answer': {
          const lines = draw(document.card)
          if (document.refused !== null) return live.above(() => screen.complain(`${lines.join('\n')}\n`))
          return print([...lines, ...(document.file ? ['', writeText(document.file.text, timezone)] : [])])
        }
        case 'event': {
          const { text, at, actor } = document
          if (text === null) return
          return print([`${writeClock(at, timezone)}  ${writeText(`${actor}: ${text}`, timezone)}`])
        }
        case 'card':
          if (document.live) return live.show(draw(document.card))
          live.keep()
          return print(['', ...draw(document.card)])
        case 'note':
          return print([writeText(document.text, timezone)])
        case 'code_wanted':
          if (document.card) print(['', ...draw(document.card)])
          return
        case 'end':
          return live.keep()
      }
    },
  }
}
