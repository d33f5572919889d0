import { bad, good, type ReadinessProbe, untold } from './reach.ts'

/** What stops or repeats a migration and what the plan's scripts start is there. */
export const lookAtPrograms: ReadinessProbe = async ({ plan, tools }) => {
  const migrations = Object.entries(plan.migrations).flatMap(([name, { stop, rerun }]) => [
    [`${name} stop`, stop] as const,
    [`${name} rerun`, rerun] as const,
  ])
  const scripts = Object.entries(plan.scripts).map(([name, { argv }]) => [name, argv] as const)
  return [...migrations, ...scripts].flatMap(([subject, argv]) => {
    const program = argv?.[0]
    if (program === undefined) return []
    if (!tools) return [{ area: 'programs', ...untold(subject, program, 'Ask on a worker: salvor plan check.') }]
    const fix = 'Correct the plan, or install it.'
    const seen =
      tools.programs.find(program) === null
        ? bad(subject, `${program} is not there, or may not be executed`, fix)
        : good(subject, program)
    return [{ area: 'programs', ...seen }]
  })
}
