import { type ReadinessReach, type Seen, warn } from './reach.ts'

const fix = 'Let only root or the account of the worker write there, and to the folders above (chmod, chown).'

/** Whoever may write the plan or what it starts is an approver in effect: names what others may write to. */
export async function lookAtWriters(reach: ReadinessReach): Promise<Seen[]> {
  const { plan, tools } = reach
  if (!tools) return []
  const services = Object.entries(plan.systems).flatMap(([name, of]) =>
    of.kind === 'service'
      ? [of.restart, of.stop, of.start, of.identity, ...of.config.map(({ test }) => test)].map(
          (argv) => [name, argv] as const,
        )
      : [],
  )
  const migrations = Object.entries(plan.migrations).flatMap(([name, { stop, rerun }]) =>
    [stop, rerun].map((argv) => [name, argv] as const),
  )
  const scripts = Object.entries(plan.scripts).map(([name, { argv }]) => [name, argv] as const)
  const bound = await Promise.all(
    [...services, ...migrations, ...scripts].map(async ([name, argv]) =>
      argv === undefined ? [] : (await bind(reach, argv)).map((path) => [name, path] as const),
    ),
  )
  const places = [['the plan', reach.resolvePath('.')] as const, ...bound.flat()]
  const seen = await Promise.all(places.map(([name, path]) => lookAtWriter(reach, name, path)))
  const once = new Map(seen.flat().map((one) => [`${one.subject} ${one.seen}`, one]))
  return [...once.values()]
}

/** What others may do at one path, if anything. */
export async function lookAtWriter(reach: ReadinessReach, name: string, path: string): Promise<Seen[]> {
  const open = await reach.tools?.programs.findOpenToOthers(path)
  return open ? [warn(`${name} writers`, open, fix)] : []
}

async function bind(reach: ReadinessReach, argv: readonly string[]): Promise<readonly string[]> {
  try {
    const words = argv.map((word) => reach.expand(word))
    return (await reach.tools?.programs.bind(words, reach.resolvePath('.')))?.map(({ path }) => path) ?? []
  } catch {
    // A program or variable that is missing is a finding of another look.
    return []
  }
}
