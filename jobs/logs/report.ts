import type { KindCard } from '../../src/domain/cards/job-card.ts'
import { describeAnalysis, describeGlance, sayCause, sayClear } from '../../src/domain/cards/log-card.ts'
import { type LogGlance, logGlance } from '../../src/domain/log-analysis.ts'
import type { JobView } from '../../src/domain/view.ts'
import type { GivenReport } from '../../src/engine/define-job.ts'
import { outputOf } from '../output-of.ts'
import { analyseOutput, followOutput, logsParams } from './params.ts'

/** «migration: A value does not fit the type of its column (…), 22001 (migration.log line 212, 02:14:08)». */
export function reportLogs(view: JobView): GivenReport {
  const { log } = logsParams.parse(view.job.params)
  const found = outputOf(view, 'analyse', analyseOutput) ?? outputOf(view, 'follow', followOutput)
  if (found === null) return { summary: `${log} was not read` }
  const { root } = found.analysis
  const ended = 'ended' in found ? `, followed until ${found.ended}` : ''
  const fixes = found.remedies.map(({ system, remedy }) => `to try: \`fix ${system} ${remedy}\``)
  const summary = `${log}: ${root === null ? sayClear(found.analysis) : sayCause(root)}`
  return { summary: `${summary}${ended}`, left: fixes }
}

/** What its card says, at any time. */
export function showLogs(view: JobView): KindCard {
  const { log = '', follow } = logsParams.partial().safeParse(view.job.params).data ?? {}
  if (follow === true) return showFollow(view, log)
  const found = outputOf(view, 'analyse', analyseOutput)
  if (found === null) return { headline: `what failed first in ${log}`, lines: ['The log is only read.'] }
  return describeAnalysis(found.analysis, found.remedies)
}

function showFollow(view: JobView, log: string): KindCard {
  const done = outputOf(view, 'follow', followOutput)
  if (done === null) return describeGlance(log, readGlance(view))
  const { headline, lines, code } = describeGlance(log, { analysis: done.analysis, ...done.glance })
  const end = `Ended: ${done.ended}.`
  const kept = lines.filter((line) => !line.includes('--stop'))
  return { headline: headline.replace('follows', 'followed'), lines: [...kept, end], ...(code ? { code } : {}) }
}

/** What the step that is at work saw last. */
function readGlance(view: JobView): LogGlance | null {
  const shown = view.steps.find(({ name }) => name === 'follow')?.progress?.shown
  return logGlance.safeParse(shown).data ?? null
}
