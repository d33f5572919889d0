import { type ReadinessReach, type Seen, warn } from './reach.ts'

const fix = 'Let only root or the account of the worker write there, and to the folders above (chmod, chown).'

/** Whoever may write the plan or what it starts is an approver in effect: names what others may write to. */
export async function lookAtWriters(reach: ReadinessReach): Promise<Seen[]> {
  if (!reach.tools) return []
  const bound = await Promise.all(
    listCommands(reach).map(async ([name, argv]) =>
      argv === undefined ? [] : (await bind(reach, argv)).map((path) => [name, path] as const),
    ),
  )
  const places = [['the plan', reach.resolvePath('.')] as const, ...bound.flat(), ...listFiles(reach)]
  const seen = await Promise.all(places.map(([name, path]) => lookAtWriter(reach, name, path)))
  const once = new Map(seen.flat().map((one) => [`${one.subject} ${one.seen}`, one]))
  return [...once.values()]
}

/** Everything of the plan that a worker starts: whoever can exchange it acts with the worker's rights. */
function listCommands({ plan }: ReadinessReach): (readonly [string, readonly string[] | undefined])[] {
  return [
    ...Object.entries(plan.systems).flatMap(([name, of]) =>
      (of.kind === 'service'
        ? [
            of.restart,
            of.stop,
            of.start,
            of.identity,
            of.lastLines,
            of.health?.argv,
            ...of.config.map(({ test }) => test),
          ]
        : of.remedies.map(({ argv }) => argv)
      ).map((argv) => [name, argv] as const),
    ),
    ...Object.entries(plan.migrations).flatMap(([name, { stop, rerun }]) =>
      [stop, rerun].map((argv) => [name, argv] as const),
    ),
    ...Object.entries(plan.scripts).flatMap(([name, { argv, check }]) =>
      [argv, check?.argv].map((one) => [name, one] as const),
    ),
    ...Object.entries(plan.logs).map(([name, { argv }]) => [name, argv] as const),
  ]
}

/** Whoever writes a host's pinned key is that host; whoever writes a version of a file says what is put in place. */
function listFiles(reach: ReadinessReach): (readonly [string, string])[] {
  const { hosts, systems } = reach.plan
  return [
    ...Object.entries(hosts).flatMap(([name, { knownHosts, identity }]) =>
      [knownHosts, identity].map((path) => [name, path] as const),
    ),
    ...Object.entries(systems).flatMap(([name, of]) =>
      of.kind === 'service' ? of.config.map(({ versions }) => [name, versions] as const) : [],
    ),
  ].flatMap(([name, written]) => {
    try {
      return written === undefined ? [] : [[name, reach.resolvePath(written)] as const]
    } catch {
      // A variable that is missing is a finding of another look.
      return []
    }
  })
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
