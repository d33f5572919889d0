import { writeCount } from '../../src/domain/count.ts'
import { plainText } from '../../src/domain/text.ts'
import type { JobView } from '../../src/domain/view.ts'
import type { GivenReport } from '../../src/engine/define-job.ts'
import { outputOf } from '../output-of.ts'
import { checkOutput, type LogWords, rerunParams, runOutput } from './params.ts'

/** «orders ran again: ended with 0, 4 checks passed». */
export function reportRerun(view: JobView): GivenReport {
  const { migration } = rerunParams.parse(view.job.params)
  const ran = outputOf(view, 'run', runOutput)
  const checked = outputOf(view, 'check', checkOutput)
  if (ran === null) return { summary: `${migration} did not run` }
  const passed = checked === null || checked.total === 0 ? '' : `, ${checked.passed} checks passed`
  return {
    summary: `${migration} ran again: ${plainText(ran.said)}${passed}`,
    proven: checked === null || checked.total === 0 ? [] : [`${checked.passed} of ${checked.total} checks`],
    left: [
      ...(checked?.groups ?? []).map(
        ({ target, code, rows }) => `${writeCount(rows)} rejected rows of ${target} (${code})`,
      ),
      ...(checked?.log == null || checked.log.errors === 0
        ? []
        : [`errors in its log: ${checked.log.errors}; ${checked.log.said}`, ...sayRemedies(checked.log)]),
      ...(checked !== null && checked.total === 0 ? ['unproven: the plan has no checks'] : []),
    ],
    recovers: (checked?.total ?? 0) > 0,
  }
}

function sayRemedies({ remedies }: LogWords): string[] {
  return remedies.map((command) => `to try: \`${command}\``)
}

export function showRerun(view: JobView): { headline: string; lines: string[] } {
  const { migration = '', system = '' } = rerunParams.partial().safeParse(view.job.params).data ?? {}
  const ran = outputOf(view, 'run', runOutput)
  const lines = ran === null ? [] : [`It ${plainText(ran.said)}.`, ...(ran.last === '' ? [] : [plainText(ran.last)])]
  return { headline: `${migration} on ${system}`, lines }
}
