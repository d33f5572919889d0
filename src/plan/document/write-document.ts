import type { RecoveryPlan, System } from '../../domain/recovery-plan.ts'
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
  const { destructive, reversible } = plan.approvals
  const from = (roles: readonly string[] | undefined) => (roles && roles.length > 0 ? roles.join(', ') : 'dba')
  const facts = {
    count: destructive?.count ?? 1,
    from: from(destructive?.from),
    approve: destructive?.approveWithin ?? '30m',
    run: destructive?.runWithin ?? '15m',
  }
  const easy =
    (reversible?.count ?? 0) === 0
      ? words.ruleNone
      : fillIn(words.ruleReversible, { count: reversible?.count ?? 0, from: from(reversible?.from) })
  const rules = [fillIn(words.ruleDestructive, facts), easy, fillIn(words.ruleKeep, { keep: plan.keepOld })]
  return rules.map((rule) => `- ${rule}`).join('\n')
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
