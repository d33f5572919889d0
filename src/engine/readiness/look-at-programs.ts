import { lookAtRemedies } from './look-at-remedies.ts'
import { lookAtWriters } from './look-at-writers.ts'
import { bad, good, type ReadinessProbe, untold } from './reach.ts'

/** What stops or repeats a migration, what the plan's scripts start and what its remedies say is there. */
export const lookAtPrograms: ReadinessProbe = async (reach) => {
  const { plan, tools } = reach
  const migrations = Object.entries(plan.migrations).flatMap(([name, { stop, rerun }]) => [
    [`${name} stop`, stop] as const,
    [`${name} rerun`, rerun] as const,
  ])
  const scripts = Object.entries(plan.scripts).map(([name, { argv }]) => [name, argv] as const)
  const programs = [...migrations, ...scripts].flatMap(([subject, argv]) => {
    const program = argv?.[0]
    if (program === undefined) return []
    if (!tools) return [untold(subject, program, 'Ask on a worker: salvor plan check.')]
    if (tools.programs.find(program) !== null) return [good(subject, program)]
    return [bad(subject, `${program} is not there, or may not be executed`, 'Correct the plan, or install it.')]
  })
  return [...programs, ...(await lookAtRemedies(reach)), ...(await lookAtWriters(reach))]
}
