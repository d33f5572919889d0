import type { RecoveryPlan, System } from '../../domain/recovery-plan.ts'
import { policyFor } from '../policy.ts'
import { type DocumentWords, documentWords, fillIn } from './words.ts'
import { writeWords } from './write-commands.ts'
import { writeStep } from './write-step.ts'

/**
 * The plan as a procedure that a person can follow by hand, in Markdown: who, rules, systems in order, and each
 * procedure with its commands. Pure; values of `${NAME}` are never in it, only the names.
 */
export function writeProcedureDocument(plan: RecoveryPlan, language: 'en' | 'ko' = plan.language): string {
  const words = documentWords[language]
  const sections = [
    `# ${writeWords(plan.title)}: ${words.subtitle}`,
    fillIn(words.about, { digest: plan.digest.slice(0, 12), timezone: plan.timezone }),
    `## ${words.people}`,
    writeRoles(plan, words),
    `## ${words.rules}`,
    writeRules(plan, words),
    `## ${words.systems}`,
    writeSystems(plan, words),
    `## ${words.before}`,
    writePreparations(plan, words),
    ...writeProcedures(plan, words),
  ]
  return `${sections.join('\n\n')}\n`
}

function writeRoles(plan: RecoveryPlan, words: DocumentWords): string {
  const rows = Object.entries(plan.roles).map(([role, { users, groups }]) => {
    const members = [...users, ...groups]
    return `| ${role} | ${members.length > 0 ? writeWords(members.join(', ')) : words.nobody} |`
  })
  return [`| ${words.role} | ${words.members} |`, '| --- | --- |', ...rows].join('\n')
}

function writeRules(plan: RecoveryPlan, words: DocumentWords): string {
  const rules = [
    ...writePolicies(plan, 'destructive', words.ruleDestructive, words.ruleNone),
    ...writePolicies(plan, 'reversible', words.ruleReversible, words.ruleNone),
    fillIn(words.ruleKeep, { keep: plan.keepOld }),
  ]
  return rules.map((rule) => `- ${rule}`).join('\n')
}

/** One rule for all systems, or one for each policy with the names of the systems that it is about. */
function writePolicies(plan: RecoveryPlan, risk: 'destructive' | 'reversible', rule: string, none: string): string[] {
  const names = Object.keys(plan.systems)
  const told = Map.groupBy(names.length > 0 ? names : [null], (system) => {
    const { count, from, approveWithinMs, runWithinMs } = policyFor(plan, system, risk)
    const roles = from.length > 0 ? from.join(', ') : '–'
    const windows = { approve: durationText(approveWithinMs), run: durationText(runWithinMs) }
    return count === 0 ? none : fillIn(rule, { count, from: roles, ...windows })
  })
  return [...told].map(([text, systems]) => (told.size === 1 ? text : `${systems.join(', ')}: ${text}`))
}

/** `30m` of milliseconds, as plans write it. */
function durationText(ms: number): string {
  const units = [
    ['d', 86_400_000],
    ['h', 3_600_000],
    ['m', 60_000],
  ] as const
  const [unit, size] = units.find(([, one]) => ms >= one && ms % one === 0) ?? ['s', 1000]
  return `${ms / size}${unit}`
}

function writeSystems(plan: RecoveryPlan, words: DocumentWords): string {
  const ordered = Object.entries(plan.systems).sort(([, one], [, other]) => one.tier - other.tier)
  const rows = ordered.map(
    ([name, of]) =>
      `| ${of.tier} | ${name} | ${of.owner} | ${of.needs.join(', ') || '–'} | ${listBackups(of, words)} |`,
  )
  const head = [words.tier, words.system, words.owner, words.needs, words.backups]
  return [`| ${head.join(' | ')} |`, '| --- | --- | --- | --- | --- |', ...rows].join('\n')
}

function listBackups(of: System, words: DocumentWords): string {
  if (of.kind !== 'postgres') return '–'
  const names = of.backups.map((backup) =>
    backup.kind === 'pg_dump' ? `pg_dump \`${backup.path}\`` : `pgBackRest \`${backup.stanza}\``,
  )
  return names.join(', ') || words.noBackups
}

function writePreparations(plan: RecoveryPlan, words: DocumentWords): string {
  const systems = Object.values(plan.systems)
  const has = (test: (of: System) => boolean) => systems.some(test)
  const tools = [
    ...(has((of) => of.kind === 'postgres') ? ['psql', 'pg_dump', 'pg_restore'] : []),
    ...(has((of) => of.kind === 'postgres' && of.backups.some(({ kind }) => kind === 'pgbackrest'))
      ? ['pgbackrest']
      : []),
    ...(has((of) => of.kind === 'service' && of.unit !== undefined) ? ['systemctl'] : []),
    ...(has((of) => of.kind === 'service' && of.health?.http !== undefined) ? ['curl'] : []),
    ...(Object.keys(plan.hosts).length > 0 ? ['ssh'] : []),
  ]
  const used = JSON.stringify([plan.systems, plan.logs, plan.hosts, plan.scripts, plan.migrations])
  const names = [...new Set([...used.matchAll(/\$\{(\w+)\}/g)].map(([, name]) => `\`${name}\``))]
  return [
    ...(tools.length > 0
      ? [`- ${fillIn(words.beforeTools, { tools: tools.map((tool) => `\`${tool}\``).join(', ') })}`]
      : []),
    ...(names.length > 0 ? [`- ${fillIn(words.beforeVariables, { names: names.join(', ') })}`] : []),
  ].join('\n')
}

function writeProcedures(plan: RecoveryPlan, words: DocumentWords): string[] {
  const procedures = Object.values(plan.procedures)
  if (procedures.length === 0) return [words.noProcedures]
  return procedures.flatMap(({ title, steps }) => [
    `## ${fillIn(words.procedure, { title: writeWords(title) })}`,
    ...steps.flatMap((step, index) => {
      const [[verb = '', what] = []] = Object.entries(step)
      const [head = verb, ...body] = writeStep(plan, verb, what, words)
      const owner = plan.systems[String(what)]?.owner
      const who = owner === undefined ? [] : [`${words.owner}: ${owner}`]
      return [`### ${index + 1}. ${head}`, ...who, ...body.filter((part) => part !== ''), `- [ ] ${words.done}`]
    }),
  ])
}
