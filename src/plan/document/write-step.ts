import type { HealthCheck, PostgresSystem, RecoveryPlan, ServiceSystem } from '../../domain/recovery-plan.ts'
import { listCases } from '../../domain/uat.ts'
import { type DocumentWords, fillIn } from './words.ts'
import { writeAddress, writeArgv, writeArgvOn, writeBlock, writeWords } from './write-commands.ts'
import { writeChecks, writeCounts, writeDoor, writeRestore } from './write-database-steps.ts'

type Writer = (plan: RecoveryPlan, name: string, words: DocumentWords) => string[]

/** How each verb of a procedure is done by hand: the first paragraph is the title. */
const writers: Readonly<Record<string, Writer>> = {
  restore: (plan, system, words) =>
    withDatabase(plan, system, (of) => [
      fillIn(words.restore.title, { system }),
      ...writeRestore(plan, system, of, words),
    ]),
  verify: (plan, system, words) =>
    withDatabase(plan, system, (of) => [
      fillIn(words.verify, { system }),
      writeCounts(of),
      ...writeChecks(system, of.checks, words),
    ]),
  compare: (plan, system, words) =>
    withDatabase(plan, system, (of) => [fillIn(words.compare, { system }), writeCounts(of)]),
  baseline: (plan, system, words) =>
    withDatabase(plan, system, (of) => [fillIn(words.baseline, { system }), writeCounts(of)]),
  backup: (plan, system, words) =>
    withDatabase(plan, system, (of) => [
      fillIn(words.backup, { system }),
      writeBlock('sh', [`pg_dump --format=directory --jobs=4 --file=BACKUP ${writeAddress(of.url)}`]),
    ]),
  drill: (_plan, system, words) => [fillIn(words.drill, { system })],
  freeze: (plan, system, words) => writeFreeze(plan, system, words, false),
  thaw: (plan, system, words) => writeFreeze(plan, system, words, true),
  restart: (plan, system, words) =>
    withService(plan, system, (of) => [
      fillIn(words.restart, { system }),
      ...writeAct(plan, of, 'restart'),
      fillIn(words.restartProof, { settle: of.settle }),
      ...writeHealth(of.health),
    ]),
  redeploy: (plan, system, words) =>
    withService(plan, system, (of) => [
      fillIn(words.redeploy, { system }),
      ...(of.redeploy ? [writeBlock('sh', [writeArgvOn(plan, of.host, of.redeploy)])] : []),
    ]),
  config: (plan, system, words) => withService(plan, system, (of) => writeConfig(system, of, words)),
  test: (plan, system, words) =>
    withDatabase(plan, system, (of) => [fillIn(words.test, { system }), ...writeChecks(system, of.checks, words)]),
  logs: (plan, name, words) => {
    const log = plan.logs[name]
    const show = log?.unit ? ['journalctl', '-u', log.unit, '-n', '2000'] : (log?.argv ?? ['less', log?.path ?? name])
    return [fillIn(words.logs, { name }), writeBlock('sh', [writeArgvOn(plan, log?.host, show)])]
  },
  fix: (plan, system, words) =>
    withDatabase(plan, system, (of) => [
      words.fix,
      ...of.remedies.flatMap(({ name, sql, argv }) => [
        fillIn(words.remedy, { name }),
        ...(sql ? [writeBlock('sql', [sql])] : []),
        ...(argv ? [writeBlock('sh', [writeArgv(argv)])] : []),
      ]),
    ]),
  rerun: (plan, name, words) => {
    const argv = plan.migrations[name]?.rerun
    return [fillIn(words.rerun, { name }), ...(argv ? [writeBlock('sh', [writeArgv(argv)])] : [])]
  },
  script: (plan, name, words) => {
    const script = plan.scripts[name]
    return [
      fillIn(words.script, { name }),
      ...(script ? [writeBlock('sh', [writeArgv(script.argv)])] : []),
      ...(script?.check ? [words.scriptCheck, ...writeHealth(script.check)] : []),
    ]
  },
  uat: (plan, name, words) => {
    const { testers = [], needed = 1 } = plan.uat[name] ?? {}
    const list = listCases(plan, name)
      .map((one) => `- [ ] ${writeWords(one.name)}`)
      .join('\n')
    return [fillIn(words.uat, { testers: writeWords(testers.join(', ')), needed }), list]
  },
  watch: (plan, name, words) => {
    const monitor = plan.monitors[name]
    if (!monitor) return [name]
    const facts = { name, every: monitor.every, above: monitor.alertAbove }
    return [fillIn(words.watch, facts), writeBlock('sql', [`${monitor.sql};`])]
  },
}

/** Paragraphs of one step, its title first. Steps that this version does not know are named all the same. */
export function writeStep(plan: RecoveryPlan, verb: string, what: unknown, words: DocumentWords): string[] {
  if (verb === 'manual') {
    const { title, owner } = what as { title?: string; owner?: string }
    return [`${fillIn(words.manual, { title: writeWords(title ?? '') })} (${writeWords(owner ?? '')})`]
  }
  const write = Object.hasOwn(writers, verb) ? writers[verb] : undefined
  return write?.(plan, String(what), words) ?? [`${verb} ${String(what)}`]
}

function writeFreeze(plan: RecoveryPlan, system: string, words: DocumentWords, open: boolean): string[] {
  const of = plan.systems[system]
  if (of?.kind === 'postgres')
    return [fillIn(open ? words.thawDatabase : words.freezeDatabase, { system }), writeDoor(of, open)]
  return withService(plan, system, (service) => [
    fillIn(open ? words.thawService : words.freezeService, { system }),
    ...writeAct(plan, service, open ? 'start' : 'stop'),
  ])
}

function writeAct(plan: RecoveryPlan, of: ServiceSystem, act: 'restart' | 'stop' | 'start'): string[] {
  const argv = of.unit ? ['systemctl', act, of.unit] : of[act]
  return argv ? [writeBlock('sh', [writeArgvOn(plan, of.host, argv)])] : []
}

function writeConfig(system: string, of: ServiceSystem, words: DocumentWords): string[] {
  const files = of.config.flatMap(({ path, versions, test }) => [
    fillIn(words.config, { path: `\`${path}\``, versions: `\`${versions}\`` }),
    writeBlock('sh', [
      `cp -p ${path} ${path}.kept`,
      `diff -u ${path} ${versions}/VERSION`,
      `cp -p ${versions}/VERSION ${path}`,
    ]),
    ...(test
      ? [words.configTest, writeBlock('sh', [writeArgv(test.map((word) => word.replace('{file}', path)))])]
      : []),
  ])
  return files.length > 0 ? files : [`config ${system}`]
}

function writeHealth(health: HealthCheck | undefined): string[] {
  if (!health) return []
  if (health.http) return [writeBlock('sh', [`curl --fail --max-time 10 ${writeAddress(health.http)}`])]
  if (health.tcp) return [writeBlock('sh', [`nc -z ${health.tcp.replace(':', ' ')}`])]
  if (health.argv) return [writeBlock('sh', [writeArgv(health.argv)])]
  return health.sql ? [writeBlock('sql', [`${health.sql};`])] : []
}

function withDatabase(plan: RecoveryPlan, system: string, write: (of: PostgresSystem) => string[]): string[] {
  const of = plan.systems[system]
  return of?.kind === 'postgres' ? write(of) : [system]
}

function withService(plan: RecoveryPlan, system: string, write: (of: ServiceSystem) => string[]): string[] {
  const of = plan.systems[system]
  return of?.kind === 'service' ? write(of) : [system]
}
