import type { LocalSlack } from '../slack/index.ts'
import type { PanelState } from '../slack/page/wire.ts'
import { readFacts } from './read-facts.ts'
import { type ChecklistPlan, tick } from './steps.ts'

/** Says how far the guided first run is. */
export interface ChecklistReader {
  /** Ticks come from Salvor's journal, never from the page. Empty places where the store is away. */
  read(plan: ChecklistPlan): Promise<Pick<PanelState, 'checklist' | 'took'>>
}

/** Several windows ask every few seconds each. */
const READ_EVERY_MS = 500

/**
 * Reads the newest incident from Salvor's store at `storeUrl`. Only «looked at the backups» is taken from what the
 * local Slack showed: commands that merely read leave nothing in the journal.
 */
export function createChecklist(options: {
  readonly storeUrl: string
  readonly slack: Pick<LocalSlack, 'ephemerals'>
  /** Channel in which the incident is to be opened. */
  readonly channel: string
  /** Ids by name. */
  readonly people: readonly { readonly id: string; readonly name: string }[]
}): ChecklistReader {
  let last: { readonly at: number; readonly facts: ReturnType<typeof readFacts> } | undefined
  const userOf = (name: string) => options.people.find((one) => one.name === name)?.id ?? name
  const readOften = () => {
    if (!last || performance.now() - last.at > READ_EVERY_MS)
      last = { at: performance.now(), facts: readFacts(options.storeUrl) }
    return last.facts
  }
  const sawBackups = () =>
    options.people.some(({ id }) => options.slack.ephemerals(id).some((one) => one.text.startsWith('Backups of ')))
  return {
    async read(plan) {
      const { facts, rootTs, channel } = await readOften()
      const place = { channel: channel ?? options.channel, ...(rootTs ? { thread: rootTs } : {}), userOf }
      const checklist = tick(plan, { facts, sawBackups: sawBackups(), hasThread: rootTs !== undefined }, place)
      const opened = facts.find((one) => one.type === 'incident_opened')?.at
      const closed = facts.findLast((one) => one.type === 'incident_closed')?.at
      const took = opened !== undefined && closed !== undefined ? { took: closed - opened } : {}
      return { checklist, ...took }
    },
  }
}
