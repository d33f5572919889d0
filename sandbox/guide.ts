import { type ChecklistPlan, createChecklist } from './checklist/index.ts'
import { stories } from './scenario/index.ts'
import type { PanelProvider, PanelState } from './slack/page/wire.ts'
import type { Night } from './start-night.ts'
import { sandboxWorkspace } from './workspace.ts'

const CHANNEL = 'C0INC'

/** How the incident of each story is called, and what it needs; any other story is told like the first. */
const plans: Readonly<Record<string, ChecklistPlan>> = {
  'bad-cut-over': {
    title: 'Orders lost after cut-over',
    steps: ['open', 'backups', 'restore', 'approve', 'verify', 'config', 'restart', 'close'],
  },
  'half-finished-load': {
    title: 'Orders half loaded',
    steps: ['open', 'backups', 'restore', 'approve', 'verify', 'restart', 'close'],
  },
  'wrong-mapping': {
    title: 'Orders with wrong amounts',
    steps: ['open', 'backups', 'restore', 'approve', 'verify', 'restart', 'close'],
  },
}

/** Fills the panel of the page once the night that it speaks of is there. */
export interface Guide {
  readonly panel: PanelProvider
  /** Salvor has been ended on purpose, or not been started yet. */
  isResetting(): boolean
  attach(night: Night): void
}

/**
 * Guides a first run: stories, checklist and patient. `story` is the one that the night begins with; `restart` starts
 * Salvor again once a story was begun anew.
 */
export function createGuide(options: {
  readonly storeUrl: string
  readonly story: string
  /** Names of the commands that Salvor has. */
  readonly commands: ReadonlySet<string>
  readonly restart: (night: Night) => Promise<void>
}): Guide {
  let night: Night | undefined
  let checklist: ReturnType<typeof createChecklist> | undefined
  let chosen = options.story
  let busy = 'Getting ready …'
  let trouble: string | undefined

  const begin = async (story: string, current: Night) => {
    const tell = (words: string) => {
      busy = words
      current.slack.refreshPages()
    }
    try {
      chosen = story
      await current.reset(story, tell)
      tell('Starting Salvor …')
      await options.restart(current)
    } catch (error) {
      const seen = error instanceof Error ? error.message : String(error)
      trouble = `Starting over failed: ${seen}. Start the story once more, or end the sandbox and run it again.`
    } finally {
      tell('')
    }
  }
  const describe = async (): Promise<PanelState> => {
    const [patient = null, progress = { checklist: [] }] =
      busy === '' ? await Promise.all([night?.patient?.look(), checklist?.read(planOf(chosen, options.commands))]) : []
    return {
      patient,
      ...progress,
      stories: stories.map(({ id, title, story }) => ({ id, title, story, chosen: id === chosen })),
      busy,
      ...(trouble === undefined ? {} : { trouble }),
    }
  }
  return {
    panel: {
      describe,
      async act(_action, body) {
        if (!night || busy !== '') throw new Error('The sandbox is busy; wait until it is ready.')
        const story = stories.find(({ id }) => id === body.story)
        if (!story)
          throw new Error(`There is no story ${String(body.story)}: ${stories.map(({ id }) => id).join(', ')}.`)
        trouble = undefined
        busy = 'Starting over …'
        void begin(story.id, night)
      },
    },
    isResetting: () => busy !== '',
    attach(ready) {
      night = ready
      const { users: people } = sandboxWorkspace
      checklist = createChecklist({ storeUrl: options.storeUrl, slack: ready.slack, channel: CHANNEL, people })
      busy = ''
    },
  }
}

/** Without steps whose command this Salvor does not have. */
function planOf(story: string, commands: ReadonlySet<string>): ChecklistPlan {
  const plan = plans[story] ?? {
    title: 'Orders lost',
    steps: ['open', 'backups', 'restore', 'approve', 'verify', 'close'],
  }
  return { ...plan, steps: plan.steps.filter((step) => step !== 'config' || commands.has(step)) }
}
