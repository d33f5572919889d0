import type { HealthCheck, PlanText } from '../domain/recovery-plan.ts'
import { checkApprovals } from './check-approvals.ts'
import type { PlanPath, Problem } from './problem.ts'

/** What the schema cannot say: which keys belong together, and what the rules of the house forbid. */
export function checkMeaning(plan: PlanText): Problem[] {
  return [
    ...Object.entries(plan.systems).flatMap(([name, system]) => {
      if (system.kind !== 'service') return []
      const path = ['systems', name]
      return [
        ...(system.unit === undefined && system.restart === undefined
          ? [{ path, atKey: true, problem: `${name} has neither unit nor restart`, fix: 'Say one of them.' }]
          : []),
        ...(system.unit === undefined && system.identity === undefined && system.health === undefined
          ? [{ path, atKey: true, problem: `nothing would prove a restart of ${name}`, fix: 'Add identity or health.' }]
          : []),
        ...(system.unit !== undefined && !/^[A-Za-z0-9][\w@.:\\-]*$/.test(system.unit)
          ? [
              {
                path: [...path, 'unit'],
                problem: 'this is no name of a unit',
                fix: 'It looks like orders-api.service.',
              },
            ]
          : []),
        ...system.config.flatMap(({ test }, index) =>
          test === undefined || test.some((word) => word.includes('{file}'))
            ? []
            : [
                {
                  path: [...path, 'config', index, 'test'],
                  problem: 'this test is not handed the file, so it would pass anything',
                  fix: 'Write {file} where the command takes the path of the file.',
                },
              ],
        ),
        ...checkHealth([...path, 'health'], system.health),
        ...(system.health?.sql !== undefined && !system.needs.some((need) => plan.systems[need]?.kind === 'postgres')
          ? [
              {
                path: [...path, 'health', 'sql'],
                problem: `${name} needs no database to ask`,
                fix: 'Name one in needs.',
              },
            ]
          : []),
      ]
    }),
    ...Object.entries(plan.scripts).flatMap(([name, { check }]) => checkHealth(['scripts', name, 'check'], check)),
    ...Object.entries(plan.logs).flatMap(([name, log]) =>
      needOne(['logs', name], { path: log.path, unit: log.unit, argv: log.argv }),
    ),
    ...(plan.anchor !== undefined && plan.anchor.file === undefined && plan.anchor.channel === undefined
      ? [{ path: ['anchor'], atKey: true, problem: 'anchor has neither file nor channel', fix: 'Say one, or both.' }]
      : []),
    ...checkApprovals(plan),
    ...(isTimeZone(plan.timezone)
      ? []
      : [{ path: ['timezone'], problem: 'this time zone is not known', fix: 'It looks like Asia/Seoul or UTC.' }]),
  ]
}

function checkHealth(path: PlanPath, check: HealthCheck | undefined): Problem[] {
  return check === undefined
    ? []
    : needOne(path, { http: check.http, tcp: check.tcp, sql: check.sql, argv: check.argv })
}

function needOne(path: PlanPath, fields: { readonly [key: string]: unknown }): Problem[] {
  const given = Object.keys(fields).filter((key) => fields[key] !== undefined)
  if (given.length === 1) return []
  const problem = given.length === 0 ? 'one way must be said' : `${given.join(' and ')} are two ways`
  return [
    {
      path,
      atKey: true,
      problem: `${path.join('.')}: ${problem}`,
      fix: `Say exactly one of ${Object.keys(fields).join(', ')}.`,
    },
  ]
}

function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return true
  } catch {
    return false
  }
}
