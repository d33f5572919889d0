/**
 * Plays the cases of test/support/fixtures/restore-cases: small databases that broke a backup, a restore, a verify or
 * an undo. The kinds of jobs, their steps and tools are the real ones, on a real server; what is approved is approved.
 *
 * To add a case, write `c99-what-it-is.sql` there:
 *   -- @name c99                   also the name of its database: write it as a word and the played name is put in
 *   -- @title one line
 *   -- @role super|dba|mixed       whose addresses the plan holds: a superuser's, those of docs/security.md, or
 *                                  the latter for url and a superuser's for adminUrl; default: super
 *   -- @create CREATE DATABASE …   default: OWNER app, from template0
 *   -- @checks [{…}]               checks of the plan, JSON
 *   -- @steps backup,damage,restore,diff       in order; this is the default
 *   -- @setup                      sections: psql as superuser, `-- $ …` lines are bash ($BK $LIVE $SUPER $TMP)
 * Steps: `backup`, `baseline`, `verify`, `restore`, `undo` are said to Salvor (a digit behind tells two apart);
 * `undocard` only draws the card; `diff` dumps live as text; `cluster-…` runs its section from the maintenance
 * database; every other step runs the section of its name in live.
 *
 * A test then opens it, plays it, and judges by `dumps`, by `ask` or by SQL of its own, never by what Salvor says:
 *   const played = await openCase('c99')
 *   await played.play()
 *   expect(played.failureOf('restore')).toBeNull()
 *   expect(played.after).toBe(played.before)
 * `play({ shell: { 'shell-other': async () => … } })` replaces steps; `openCase(id, { … })` changes the plan.
 */
import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { inject } from 'vitest'
import { backup } from '../../../jobs/backup/index.ts'
import { baseline } from '../../../jobs/baseline/index.ts'
import { restore } from '../../../jobs/restore/index.ts'
import { undo } from '../../../jobs/undo/index.ts'
import { verify } from '../../../jobs/verify/index.ts'
import type { ApprovalSubject } from '../../../src/domain/approval.ts'
import type { JsonObject } from '../../../src/domain/json.ts'
import type { JobView } from '../../../src/domain/view.ts'
import { createStage, type Stage } from '../../jobs/play.ts'
import { adminUrl, runSql, urlOf } from '../postgres.ts'
import { DBA, ensureCaseRoles } from './case-roles.ts'
import { type CaseText, readCase } from './read-case.ts'

/** What became of a step that was said to Salvor. */
interface Outcome {
  readonly step: string
  readonly view: JobView
  readonly failure: unknown
}

export interface PlayedCase {
  readonly text: CaseText
  /** Name of its database in the cluster. */
  readonly database: string
  /** Superuser's address of live. */
  readonly url: string
  /** Folder of its backups. */
  readonly folder: string
  readonly stage: Stage
  /** `pg_dump` of live as text: after the set-up, and at the last `diff` (or `dump()`). */
  readonly before: string
  readonly after: string
  readonly outcomes: readonly Outcome[]
  /** Cards that were drawn for approval, by step that was said. */
  readonly cards: ReadonlyMap<string, ApprovalSubject>
  play(more?: PlayMore): Promise<void>
  /** Says one thing to Salvor: `backup`, `restore`, … with these params beside the system. */
  say(step: string, params?: JsonObject): Promise<Outcome>
  /** null if it went through, else what it failed with. */
  failureOf(step: string): unknown
  /** Runs a section: psql on live (from the maintenance database for `cluster-…`), or bash. Answers what it printed. */
  run(section: string): Promise<string>
  /** One statement on live, as superuser. */
  ask<Row extends Record<string, unknown>>(sql: string): Promise<Row[]>
  dump(): Promise<string>
  /** Drops everything that it made. */
  close(): Promise<void>
}

interface PlayMore {
  /** Instead of a section of the file. */
  readonly shell?: { readonly [step: string]: () => Promise<unknown> }
}

interface CaseOptions {
  /** Behind the name of the database: what a name may hold as well. */
  readonly suffix?: string
  /** A folder of backups that others use too. */
  readonly folder?: string
  /** Params of `restore`; default: `--backup latest`. */
  readonly restore?: JsonObject
  /** The role that `@role dba` means; default: the one that cases share. */
  readonly dba?: { readonly name: string; readonly password: string }
  /** As createStage takes it. */
  readonly toolFolders?: readonly string[]
  /** More systems of the plan, as createStage takes them. */
  readonly others?: Parameters<typeof createStage>[0]['others']
}

const kinds = new Map([backup, baseline, restore, verify].map((kind) => [kind.name, kind]))
const SYSTEM = 'orders-db'

/** Sets a case up: roles, database, the `@cluster` and `@setup` sections, the first dump. */
export async function openCase(id: string, options: CaseOptions = {}): Promise<PlayedCase> {
  const text = readCase(id)
  await ensureCaseRoles()
  const database = `${id}_${randomBytes(3).toString('hex')}${options.suffix ?? ''}`
  const written = options.suffix === undefined ? database : `"${database.replaceAll('"', '""')}"`
  const here = (sql: string) => sql.replaceAll(new RegExp(`\\b${id}\\b`, 'g'), () => written)
  const folder = options.folder ?? mkdtempSync(join(inject('runFolder'), `${id}-`))
  const live = urlOf(database)
  await psql(adminUrl(), here(text.keys.get('create') ?? `CREATE DATABASE ${id} OWNER app TEMPLATE template0`))
  await psql(adminUrl(), here(text.sections.get('cluster') ?? ''))
  await psql(live, here(text.sections.get('setup') ?? ''))
  const role = text.keys.get('role') ?? 'super'
  const { dba = DBA } = options
  const stage = createStage({
    url: role === 'super' ? live : urlOf(database, dba),
    adminUrl: role === 'dba' ? urlOf('postgres', dba) : adminUrl(),
    folder,
    checks: JSON.parse(text.keys.get('checks') ?? '[]'),
    ...(options.others === undefined ? {} : { others: options.others }),
    ...(options.toolFolders === undefined ? {} : { toolFolders: options.toolFolders }),
  })
  const outcomes: Outcome[] = []
  const cards = new Map<string, ApprovalSubject>()
  const dumps = { before: await dumpText(live), after: '' }
  const played: PlayedCase = {
    text,
    database,
    url: live,
    folder,
    stage,
    outcomes,
    cards,
    get before() {
      return dumps.before
    },
    get after() {
      return dumps.after
    },
    async play(more = {}) {
      for (const step of text.steps) {
        const own = more.shell?.[step]
        if (own !== undefined) await own()
        else if (step === 'diff') await played.dump()
        else if (/^(backup|baseline|restore|verify|undo)\d*$/.test(step)) await played.say(step)
        else if (step === 'undocard') await played.say('undo', { draw: true })
        else await played.run(step)
      }
    },
    async say(step, params = {}) {
      const name = step.replace(/\d+$/, '')
      const usual = name === 'restore' ? (options.restore ?? { backup: 'latest' }) : {}
      const kind = name === 'undo' ? undo : kinds.get(name)
      if (kind === undefined) throw new Error(`nobody can say ${step}`)
      const { draw, ...rest } = params
      const job = outcomes.findLast((one) => one.view.job.kind === 'restore')?.view.job.id ?? ''
      const asked = { system: SYSTEM, ...usual, ...(name === 'undo' ? { job } : {}), ...rest }
      const late = text.sections.has('before-approve')
      const { view, failure } = await stage.play(kind, asked, {
        async beforeApprove(_named, subject) {
          cards.set(step, subject)
          if (draw === true) throw new Error('only the card was asked for')
          if (late && name === 'restore') await played.run('before-approve')
        },
      })
      const outcome = { step, view, failure }
      outcomes.push(outcome)
      return outcome
    },
    failureOf(step) {
      const outcome = outcomes.findLast((one) => one.step === step)
      if (outcome === undefined) throw new Error(`${step} was never said`)
      return outcome.failure
    },
    run(section) {
      const body = here(text.sections.get(section) ?? '')
      const lines = body.split('\n').flatMap((line) => (line.startsWith('-- $ ') ? [line.slice(5)] : []))
      if (lines.length > 0) return bash(lines.join('\n'), { BK: folder, LIVE: live, SUPER: adminUrl() })
      return psql(section.startsWith('cluster-') ? adminUrl() : live, body)
    },
    ask: (sql) => runSql(live, sql),
    async dump() {
      dumps.after = await dumpText(live)
      return dumps.after
    },
    async close() {
      if (text.sections.has('cleanup')) await played.run('cleanup').catch(() => {})
      await dropCase(database)
    },
  }
  return played
}

/** Live and whatever stands beside it, with what would keep it from being dropped. */
async function dropCase(database: string): Promise<void> {
  const rows = await runSql<{ name: string }>(
    adminUrl(),
    `SELECT datname::text AS name FROM pg_database WHERE starts_with(datname, $1)`,
    [database],
  )
  for (const { name } of rows) {
    const open = await runSql<{ gid: string }>(adminUrl(), 'SELECT gid FROM pg_prepared_xacts WHERE database = $1', [
      name,
    ])
    for (const { gid } of open) await psql(urlOf(name), `ROLLBACK PREPARED '${gid}'`)
    await runSql(
      adminUrl(),
      'SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE database = $1 AND NOT active',
      [name],
    )
    await runSql(adminUrl(), `UPDATE pg_database SET datistemplate = false WHERE datname = $1`, [name])
    await runSql(adminUrl(), `DROP DATABASE IF EXISTS "${name.replaceAll('"', '""')}" WITH (FORCE)`)
  }
}

/** pg_dump as text, without the line that is another one each time. */
async function dumpText(url: string): Promise<string> {
  // Read as bytes: what is no UTF-8 must not look like other such.
  const text = await start('pg_dump', ['--dbname', url], {}, '', 'latin1')
  return text.replaceAll(/^\\(un)?restrict .*$/gm, '')
}

function psql(url: string, sql: string): Promise<string> {
  return sql.trim() === ''
    ? Promise.resolve('')
    : start('psql', ['-X', '-q', '-tA', '-v', 'ON_ERROR_STOP=1', '-d', url, '-f', '-'], {}, sql)
}

function bash(script: string, env: { readonly [name: string]: string }): Promise<string> {
  const folder = mkdtempSync(join(inject('runFolder'), 'shell-'))
  return start('bash', ['-c', script], { ...env, TMP: folder })
}

function start(
  program: string,
  args: readonly string[],
  more: { readonly [name: string]: string },
  input = '',
  encoding: BufferEncoding = 'utf8',
): Promise<string> {
  const env = { ...process.env, PATH: [inject('postgresBin'), process.env.PATH].join(delimiter), ...more }
  return new Promise((resolve, reject) => {
    const child = execFile(program, args, { env, encoding, maxBuffer: 1 << 28 }, (error, stdout, stderr) =>
      error === null ? resolve(stdout) : reject(new Error(`${program}: ${stderr || error.message}`)),
    )
    // A program that ends at its first statement reads no further; its own words tell why.
    child.stdin?.on('error', () => {})
    child.stdin?.end(input)
  })
}
