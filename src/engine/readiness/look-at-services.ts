import type { ServiceSystem } from '../../domain/recovery-plan.ts'
import type { PlacedService } from '../../ports/service-tools.ts'
import type { Tools } from '../../ports/tools.ts'
import { hostAddressOf } from '../host-address.ts'
import {
  bad,
  badBy,
  cannotLook,
  good,
  listServices,
  type ReadinessProbe,
  type ReadinessReach,
  type Seen,
  untold,
  warn,
} from './reach.ts'

/** A health check gets this long here: what is healthy answers at once. */
const HEALTH = '5s'

/** Each service is known, can be restarted, is healthy now, and its files are where the plan says. */
export const lookAtServices: ReadinessProbe = async (reach) => {
  return (await Promise.all(listServices(reach.plan).map(({ name, of }) => lookAtService(reach, name, of)))).flat()
}

async function lookAtService(reach: ReadinessReach, name: string, of: ServiceSystem): Promise<Seen[]> {
  const { tools } = reach
  if (!tools) return [cannotLook(name)]
  const host = of.host === undefined ? undefined : hostAddressOf(reach, of.host)
  const placed: PlacedService = host === undefined ? of : { ...of, on: host }
  if (of.host !== undefined && host === undefined)
    return [untold(name, `runs on ${of.host}`, 'Look at it there, or name the machine under `hosts:`.')]
  if (host !== undefined) return lookOnHost(reach, tools, name, placed)
  return [
    ...lookAtPrograms(tools, name, of),
    await lookAtIdentity(reach, tools, name, of),
    await lookAtHealth(reach, tools, name, of),
    ...(await lookAtFiles(reach, tools, name, of)),
  ]
}

/** Its programs and files are looked at there when they are used; who it is and how it does is asked now. */
async function lookOnHost(reach: ReadinessReach, tools: Tools, name: string, of: PlacedService): Promise<Seen[]> {
  const files = of.config.map(({ path }) =>
    warn(`${name} ${path}`, `is on ${of.host}, where \`config\` does not reach`, 'Start a worker there for it.'),
  )
  return [await lookAtIdentity(reach, tools, name, of), await lookAtHealth(reach, tools, name, of), ...files]
}

function lookAtPrograms(tools: Tools, name: string, of: ServiceSystem): Seen[] {
  const named = Object.entries({
    restart: of.restart,
    stop: of.stop,
    start: of.start,
    identity: of.identity,
    redeploy: of.redeploy,
  })
  return named.flatMap(([act, argv]) => {
    const program = argv?.[0]
    if (program === undefined || tools.programs.find(program) !== null) return []
    return [
      bad(`${name} ${act}`, `${program} is not there, or may not be executed`, 'Correct the plan, or install it.'),
    ]
  })
}

async function lookAtIdentity(reach: ReadinessReach, tools: Tools, name: string, of: PlacedService): Promise<Seen> {
  try {
    const { active, said } = await tools.services.identify(of, name, reach.signal)
    if (active) return good(name, said)
    return bad(name, `does not run: ${said}`, `Start it, or correct its name in the plan.`)
  } catch (thrown) {
    return badBy(name, thrown)
  }
}

async function lookAtHealth(reach: ReadinessReach, tools: Tools, name: string, of: PlacedService): Promise<Seen> {
  const subject = `${name} health`
  if (!of.health)
    return warn(
      subject,
      'the plan has no health check for it',
      'Add one: without it a restart is proven by the process alone.',
    )
  try {
    const check = { ...of.health, within: HEALTH }
    const { healthy, said } = await tools.services.checkHealth({
      check,
      on: of.on,
      signal: reach.signal,
    })
    return healthy ? good(subject, said) : bad(subject, said, 'Mend the service or the check before the migration.')
  } catch (thrown) {
    return badBy(subject, thrown)
  }
}

async function lookAtFiles(reach: ReadinessReach, tools: Tools, name: string, of: ServiceSystem): Promise<Seen[]> {
  const missing: Seen[] = []
  for (const path of of.config.flatMap((one) => [one.path, one.versions])) {
    if ((await tools.programs.look(reach.resolvePath(path))) !== null) continue
    missing.push(
      bad(`${name} ${path}`, 'is not there, or may not be seen', 'Correct the path in the plan, or create it.'),
    )
  }
  return missing
}
