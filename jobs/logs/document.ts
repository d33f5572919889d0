import { writeLogDocument } from '../../src/domain/log-document.ts'
import type { JobView } from '../../src/domain/view.ts'
import type { JobDocument } from '../../src/engine/define-job.ts'
import { outputOf } from '../output-of.ts'
import { analyseOutput, followOutput } from './params.ts'

/** The whole analysis as a file for the thread; null without one, and for a log in which nothing failed. */
export function documentLogs(view: JobView): JobDocument | null {
  const found = outputOf(view, 'analyse', analyseOutput) ?? outputOf(view, 'follow', followOutput)
  if (found === null || found.analysis.root === null) return null
  return { name: `${view.job.id}.md`, text: writeLogDocument(found.analysis, found.remedies) }
}
