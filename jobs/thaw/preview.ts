import type { JobPreview } from '../../src/engine/define-job.ts'
import type { ThawParams } from './params.ts'

/** What was frozen is read from the journal when it runs, so only its shape can be said before. */
export function previewThaw({ system }: ThawParams): JobPreview {
  return {
    does: {
      open: ['ALTER DATABASE "<frozen>" WITH ALLOW_CONNECTIONS true'],
      start: ['<start of each frozen service>'],
    },
    back: `freeze ${system}`,
  }
}
