import { isAbsolute } from 'node:path'
import type { HealthCheck, ServiceSystem } from '../src/domain/recovery-plan.ts'
import type { LookContext } from '../src/engine/define-step.ts'

type Expander = Pick<LookContext<unknown>, 'expand' | 'resolvePath'>

/** A service as tools take it: `${NAME}` expanded here, at the last moment, and programs of the plan's folder found. */
export function expandService(service: ServiceSystem, context: Expander): ServiceSystem {
  const commands = (['restart', 'stop', 'start', 'identity', 'lastLines'] as const).flatMap((key) => {
    const argv = service[key]
    return argv === undefined ? [] : [[key, expandArgv(argv, context)] as const]
  })
  const health = service.health === undefined ? {} : { health: expandHealth(service.health, context) }
  return { ...service, ...Object.fromEntries(commands), ...health }
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
