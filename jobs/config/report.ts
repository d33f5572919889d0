import { basename } from 'node:path'
import type { JobView } from '../../src/domain/view.ts'
import type { GivenReport } from '../../src/engine/define-job.ts'
import { outputOf } from '../output-of.ts'
import { listShort } from './list-candidates.ts'
import { configParams, healthOutput, lookOutput, replacedBy, testOutput } from './params.ts'
import { sayNotKept } from './say-not-kept.ts'

/** «orders-api.yaml is v7, the newest that passes its test». Says only what was seen. */
export function reportConfig(view: JobView): GivenReport {
  const { service, back } = configParams.parse(view.job.params)
  const seen = outputOf(view, 'look', lookOutput)
  const chosen = outputOf(view, 'test', testOutput)
  const done = replacedBy(view)
  if (seen === null || chosen === null || done === null) return { summary: `${service}: no config file was replaced` }
  const file = basename(done.path)
  if (!done.replaced)
    return {
      summary: `${file} is ${chosen.version} already (${chosen.why}): nothing to do`,
      proven: [`${file}: sha256 ${done.after.slice(0, 12)}`, ...sayTested(chosen)],
    }
  return {
    summary: `${file} is ${chosen.version} now (${chosen.why})`,
    proven: [
      `${file}: sha256 ${done.after.slice(0, 12)}, mode ${seen.mode}, owner ${seen.owner} as before`,
      ...sayTested(chosen),
      ...sayHealth(view, service),
    ],
    left: [sayRestart(service, seen.active), `the old file: ${done.kept}`, ...sayNotKept(seen)],
    undo: true,
    ...(back === undefined ? {} : { ends: [back] }),
  }
}

/** The difference, what was chosen and why, and the way back. */
export function showConfig(view: JobView): { headline: string; lines: string[]; code?: string } {
  const { service = '', back } = configParams.partial().safeParse(view.job.params).data ?? {}
  const seen = outputOf(view, 'look', lookOutput)
  const chosen = outputOf(view, 'test', testOutput)
  const done = replacedBy(view)
  const headline = back === undefined ? service : `${service} back to before ${back}`
  if (seen === null) return { headline, lines: [] }
  if (chosen === null) return { headline, lines: [`${seen.path}, ${seen.owner}, mode ${seen.mode}`] }
  const isSame = chosen.digest === seen.digest
  const lines = [
    `${basename(seen.path)} ${done === null ? 'gets' : 'is'} ${chosen.version}: ${chosen.why}`,
    ...(chosen.tested === null ? [] : [`Test: ${chosen.tested}`]),
    ...sayNotKept(seen),
    ...chosen.refused.map((one) => `Passed over ${one}`),
    ...(seen.others.length === 0 ? [] : [`Not tried: ${listShort(seen.others, '; ')}`]),
    ...(isSame ? ['The file holds that already: nothing to do.'] : []),
    ...(done?.replaced ? [`The old file is kept: ${done.kept}`, sayRestart(service, seen.active)] : []),
  ]
  if (isSame || chosen.diff.length === 0) return { headline, lines }
  const more = chosen.hidden > 0 ? [`… ${chosen.hidden} lines more`] : []
  return { headline, lines, code: [...chosen.diff, ...more].join('\n') }
}

function sayTested({ version, tested }: { version: string; tested: string | null }): string[] {
  return tested === null ? [] : [`${version} passed its test: ${tested}`]
}

function sayHealth(view: JobView, service: string): string[] {
  const health = outputOf(view, 'health', healthOutput)
  return health?.well ? [`${service} still well: ${health.said}`] : []
}

function sayRestart(service: string, active: boolean | null): string {
  return active === false
    ? `${service} is down: \`restart ${service}\` starts it with this file`
    : `\`restart ${service}\` lets it read this file`
}
