import type { Step } from '../compare.ts'
import { listFilesAndViews } from './files-and-views.ts'
import { listMarkSteps } from './marks.ts'
import { listMessageSteps } from './messages.ts'
import { listPeopleAndChannels } from './people-and-channels.ts'

/** The calls, in their order: what a bot does in a night, and the mistakes that a bot makes. */
export const steps: readonly Step[] = [
  ...listPeopleAndChannels(),
  ...listMessageSteps(),
  ...listMarkSteps(),
  ...listFilesAndViews(),
]
