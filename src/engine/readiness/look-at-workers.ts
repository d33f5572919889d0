import { bad, good, type ReadinessProbe, warn } from './reach.ts'

/** Every worker that the plan names is alive and has read the same plan. */
export const lookAtWorkers: ReadinessProbe = async ({ plan, workers }) => {
  const named = new Set(Object.values(plan.systems).flatMap(({ worker }) => worker ?? []))
  const missing = [...named].filter((name) => !workers.some((one) => one.name === name))
  return [
    ...missing.map((name) => bad(name, 'has given no sign of life', `Start it: salvor worker --name ${name}.`)),
    ...(workers.length === 0 ? [bad('any worker', 'nobody is there to work', 'Start one: salvor worker.')] : []),
    ...workers.map(({ name, planDigest, seenAt }) => {
      if (planDigest === null || planDigest === plan.digest) return good(name, `alive, seen ${seenAt}`)
      return warn(
        name,
        `has read another plan (${planDigest.slice(0, 8)})`,
        'Give it the same plan file; it reads it again by itself.',
      )
    }),
  ]
}
