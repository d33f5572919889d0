import { defineJob } from '../../src/engine/define-job.ts'
import { documentCompare } from './document.ts'
import { type CompareParams, compareParams } from './params.ts'
import { previewCompare } from './preview.ts'
import { reportCompare, showCompare } from './report.ts'
import { choose } from './steps/choose.ts'
import { compare as compareStep } from './steps/compare.ts'
import { judge } from './steps/judge.ts'

export const compare = defineJob<CompareParams>({
  name: 'compare',
  summary: 'Names the very rows that differ from another database, across a schema that changed.',
  params: compareParams,
  lock: () => null,
  looksAt: ({ system }) => `database:${system}`,
  onLocked: 'refuse',
  system: ({ system }) => system,
  steps: [choose, compareStep, judge],
  leaves:
    'Nothing in the databases: it only reads. Files of differences stay on the worker until somebody deletes them.',
  card: showCompare,
  report: reportCompare,
  preview: previewCompare,
  document: documentCompare,
})
