import type { Block } from '../../sandbox/slack/workspace.ts'
import { buildLineCard } from '../../src/domain/cards/line-card.ts'
import { drawMessage, drawPlainly } from '../../src/slack/cards/draw-card.ts'
import { drawHome } from '../../src/slack/cards/draw-home.ts'
import { listAnswerCards, listErrorCards, writeReportFile } from './card-samples/answers.ts'
import { listCaseCards } from './card-samples/cases.ts'
import { listEventCards } from './card-samples/events.ts'
import { listHomes } from './card-samples/home.ts'
import { listModals } from './card-samples/modals.ts'
import { listPlanCards } from './card-samples/runs.ts'
import { listStateCards } from './card-samples/states.ts'
import { voice } from './card-samples/world.ts'

/** Something that Salvor shows, drawn by its own code as Slack is sent it. */
export interface CardSample {
  readonly name: string
  readonly surface: 'message' | 'modal' | 'home' | 'file'
  readonly blocks: readonly Block[]
  /** A message's text, a modal's title, a file's content. */
  readonly text: string
  /** The whole view of a modal or a Home tab. */
  readonly view?: Readonly<Record<string, unknown>>
}

/**
 * Every message, modal, Home tab and file that Salvor can produce, each in all of its states. The registers are
 * walked, and where there is none the compiler asks for each member of a union: a kind without a sample does not
 * compile.
 */
export async function listCardSamples(): Promise<readonly CardSample[]> {
  const states = [...listStateCards(), ...listPlanCards(), ...listCaseCards()]
  const cards = [...states, ...listEventCards(), ...(await listAnswerCards()), ...listErrorCards()]
  const messages = cards.map(({ name, card }): CardSample => {
    const { text, blocks } = drawMessage(card, voice)
    return { name, surface: 'message', blocks: blocks as unknown as readonly Block[], text }
  })
  const plainly = cards.slice(0, 3).map(
    ({ name, card }): CardSample => ({
      name: `${name}, plainly`,
      surface: 'message',
      blocks: [],
      text: drawPlainly(card, voice),
    }),
  )
  const modals = (await listModals()).map(({ name, view }): CardSample => {
    const { title, blocks } = view
    return {
      name,
      surface: 'modal',
      blocks: blocks as unknown as readonly Block[],
      text: title.text,
      view: { ...view },
    }
  })
  const homes = listHomes().map(({ name, home }): CardSample => {
    const { view } = drawHome(home, voice)
    return {
      name,
      surface: 'home',
      blocks: view.blocks as unknown as readonly Block[],
      text: name,
      view: { ...view },
    }
  })
  return [...messages, ...plainly, ...modals, ...homes, ...listFiles()]
}

/** The report, as a file and as the message that stands for a file which Slack did not take. */
function listFiles(): CardSample[] {
  const text = writeReportFile()
  const line = buildLineCard('📄 incident-7.md (Slack did not take the file, so here is its text)')
  const instead = drawMessage({ ...line, rows: [{ kind: 'code', text: text.slice(0, 2800) }] }, voice)
  return [
    { name: 'file incident-7.md', surface: 'file', blocks: [{ type: 'markdown', text }], text },
    {
      name: 'file as a message',
      surface: 'message',
      ...instead,
      blocks: instead.blocks as unknown as readonly Block[],
    },
  ]
}
