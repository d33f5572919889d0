import { isAbsolute } from 'node:path'
import type { HealthCheck, ServiceSystem } from '../src/domain/recovery-plan.ts'
import type { LookContext } from '../src/engine/define-step.ts'
import { hostAddressOf } from '../src/engine/host-address.ts'
import type { PlacedService } from '../src/ports/service-tools.ts'

type Expander = Pick<LookContext<unknown>, 'expand' | 'resolvePath'>
type Placer = Expander & Pick<LookContext<unknown>, 'plan' | 'step' | 'installation'>

/** A service with the host that it runs on; its commands stay as the plan has them. */
export function placeService(service: ServiceSystem, context: Placer): PlacedService {
  const { id, attempt } = context.step
  const once = `${context.installation}-${id}-${attempt}`
  const on = service.host === undefined ? undefined : hostAddressOf(context, service.host, once)
  return on === undefined ? service : { ...service, on }
}

/** A service as tools take it: `${NAME}` expanded here, at the last moment, and programs of the plan's folder found. */
export function expandService(service: ServiceSystem, context: Placer): PlacedService {
  const placed = placeService(service, context)
  const expander = placed.on === undefined ? context : onHost(context)
  const commands = (['restart', 'stop', 'start', 'identity', 'lastLines'] as const).flatMap((key) => {
    const argv = service[key]
    return argv === undefined ? [] : [[key, expandArgv(argv, expander)] as const]
  })
  const health = service.health === undefined ? {} : { health: expandHealth(service.health, expander) }
  return { ...placed, ...Object.fromEntries(commands), ...health }
}

/** On another machine the plan's folder is not there: programs are where the plan says. */
export function onHost(context: Expander): Expander {
  return { expand: context.expand, resolvePath: context.expand }
}

/** argv of the plan: a program with a slash in its name starts at the plan's folder. */
export function expandArgv(argv: readonly string[], context: Expander): string[] {
  return argv.map((word, index) => {
    const isProgram = index === 0 && word.includes('/') && !isAbsolute(word)
    return isProgram ? context.resolvePath(word) : context.expand(word)
  })
}

/** Can the world say which process it is? Else a stop or a restart cannot be proven, and reports say so. */
export function canTell({ unit, identity }: Pick<ServiceSystem, 'unit' | 'identity'>): boolean {
  return unit !== undefined || identity !== undefined
}

function expandHealth(health: HealthCheck, context: Expander): HealthCheck {
  const { http, tcp, argv } = health
  return {
    ...health,
    ...(http === undefined ? {} : { http: context.expand(http) }),
    ...(tcp === undefined ? {} : { tcp: context.expand(tcp) }),
    ...(argv === undefined ? {} : { argv: expandArgv(argv, context) }),
  }
}
