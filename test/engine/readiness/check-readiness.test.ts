import { truncateSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isReady, type ReadinessFinding } from '../../../src/domain/readiness.ts'
import { checkReadiness } from '../../../src/engine/readiness/check-readiness.ts'
import { createDatabase, runSql, urlOf } from '../../support/postgres.ts'
import { openReadyWorld, type ReadyWorld } from './ready-world.ts'

let world: ReadyWorld
beforeAll(async () => {
  world = await openReadyWorld()
})
afterAll(() => world.close())

const wrongOf = (findings: readonly ReadinessFinding[]) =>
  findings
    .filter(({ state }) => state !== 'good')
    .map(({ area, state, subject, seen }) => `${area} ${state} ${subject}: ${seen}`)

async function find(change: Parameters<ReadyWorld['reach']>[0]) {
  const findings = await checkReadiness(world.reach(change))
  return { findings, wrong: wrongOf(findings) }
}

/** The plan with one part of its text replaced; fails when the part is not there. */
const replace = (from: string | RegExp, to: string) => ({
  text: (plan: string) => {
    const changed = plan.replace(from, to)
    expect(changed).not.toBe(plan)
    return changed
  },
})

/** Another address behind a variable: a plan holds no passwords. */
function replaceAddress(name: string, url: string) {
  world.env.OTHER_URL = url
  return replace(`"\${${name}}"`, `"\${OTHER_URL}"`)
}

it('a plan whose every part is there is ready, and every area was looked at', async () => {
  const { findings, wrong } = await find({})
  expect(wrong).toEqual([])
  expect(isReady(findings)).toBe(true)
  expect(new Set(findings.map(({ area }) => area)).size).toBe(8)
})

describe('one fault in the plan or in the world', () => {
  const now = () => new Date(Date.now() + 3 * 86_400_000)
  it.each<[string, () => Parameters<ReadyWorld['reach']>[0], RegExp]>([
    [
      'a variable that is not set',
      () => replace(`"\${DB_URL}"`, `"\${NO_SUCH_URL}"`),
      /databases bad db: .*NO_SUCH_URL/,
    ],
    [
      'a server that is not there',
      () => replace(`"\${DB_URL}"`, 'postgres://postgres@127.0.0.1:1/x'),
      /databases bad db: /,
    ],
    [
      'a database that is not there',
      () => replaceAddress('DB_URL', urlOf('no_such_database')),
      /databases bad db: .*no_such_database/,
    ],
    [
      'a password that is wrong',
      () => replaceAddress('DB_URL', urlOf(world.database.name, { name: 'nobody_here', password: 'x' })),
      /databases bad db: /,
    ],
    [
      'a maintenance address that leads into the database itself',
      () => replaceAddress('ADMIN_URL', world.database.url),
      /databases bad db switch: .*itself/,
    ],
    ['a check that cannot be asked', () => replace('FROM t,', 'FROM no_such_table,'), /databases bad db: ten rows: /],
    [
      'a check that answers something else',
      () => replace('expect: 10', 'expect: 11'),
      /databases warning db: ten rows: /,
    ],
    ['no checks at all', () => replace(/ {4}checks: .*\n/, ''), /databases warning db checks: /],
    ['no backups in the plan', () => replace(/ {4}backups: .*\n/, ''), /backups bad db: the plan names no backups/],
    [
      'a backup folder that is not there',
      () => replace('path: backups }', 'path: nowhere }'),
      /backups bad db: nowhere is not there/,
    ],
    [
      'a backup folder that is empty',
      () => replace('path: backups }', 'path: versions }'),
      /backups bad db: versions holds no backup/,
    ],
    [
      'backups that only an id would get',
      () => {
        const { databases } = world.tools
        const elsewhere = { systemIdentifier: '1', live: null, databases: [] }
        const lookUp: typeof databases.lookUp = async (target) => ({
          ...(await databases.lookUp(target)),
          ...elsewhere,
        })
        return { tools: { ...world.tools, databases: { ...databases, lookUp } } }
      },
      /backups bad db: nothing shows that d-/,
    ],
    ['a newest backup that is three days old', () => ({ now: now() }), /backups warning db newest: .*3 days old/],
    [
      'a database that was never restored',
      () => ({ store: { listSucceededJobs: async () => [] } }),
      /backups warning db restored: no restore/,
    ],
    [
      'a database that was restored long ago',
      () => ({
        store: {
          listSucceededJobs: async () => [
            { job: { finishedAt: '2025-01-01T00:00:00Z', params: {} }, steps: [] } as never,
          ],
        },
      }),
      /backups warning db restored: last proven \d+ days ago/,
    ],
    [
      'a pgBackRest that is not installed',
      () =>
        replace(
          '[{ kind: pg_dump, path: backups }]',
          '[{ kind: pg_dump, path: backups }, { kind: pgbackrest, stanza: main }]',
        ),
      /backups bad stanza main: /,
    ],
    [
      'a service program that is not there',
      () => replace('restart: [/bin/true]', 'restart: [/bin/no-such-program]'),
      /services bad api restart: \/bin\/no-such-program/,
    ],
    [
      'a service that does not run',
      () => replace('identity: [/bin/echo, "4711"]', 'identity: [/bin/false]'),
      /services bad api: does not run/,
    ],
    [
      'a health check that nobody answers',
      () => replace(/http:\/\/127.0.0.1:\d+/, 'http://127.0.0.1:1'),
      /services bad api health: /,
    ],
    [
      'a configuration file that is not there',
      () => replace('app.yaml, versions', 'no-such.yaml, versions'),
      /services bad api .*no-such.yaml: is not there/,
    ],
    [
      'a log that is not there',
      () => replace('path: migration.log', 'path: no-such.log'),
      /logs bad migration: no-such.log is not there/,
    ],
    [
      'a log that is a folder',
      () => replace('path: migration.log', 'path: versions'),
      /logs bad migration: versions is a folder/,
    ],
    [
      'a program of the migration that is not there',
      () => replace('rerun: [/bin/true]', 'rerun: [/bin/no-such]'),
      /programs bad m rerun: /,
    ],
    ['a script that is not there', () => replace('argv: [/bin/true]', 'argv: [/bin/no-such]'), /programs bad cache: /],
    [
      'a host whose key is not pinned',
      () => replace('systems:', 'hosts: { app1: { ssh: deploy@127.0.0.1, knownHosts: known_hosts } }\nsystems:'),
      /hosts bad app1: .*not pinned/,
    ],
    [
      'a user group that cannot be resolved',
      () => replace('S0DBAS', 'S0GONE'),
      /people bad group S0GONE: cannot be resolved: no_such_subteam/,
    ],
    [
      'an owner role that nobody holds',
      () => replace('users: [U0CAROL]', 'users: []'),
      /people bad role sysadmin: nobody holds it/,
    ],
    [
      'a quorum that cannot be reached once somebody asks',
      () => replace('count: 1', 'count: 3'),
      /people bad approvals of db: 3 of dba needed, 2 left/,
    ],
    [
      'a quorum that needs everybody',
      () => replace('count: 1', 'count: 2'),
      /people warning approvals of db: 2 of dba needed, 2 left/,
    ],
    [
      'testers that are nobody',
      () => replace('users: [U0DAVE]', 'users: []'),
      /people bad testers of entry: 0 people, 1 needed/,
    ],
    [
      'a person who cannot see the channel',
      () => ({ channelMembers: async () => ['U0ALICE', 'U0BOB', 'U0CAROL', 'U0DAVE'] }),
      /people warning channel C0INC: U0DANA cannot see it/,
    ],
    [
      'people who never practised',
      () => ({ practised: async () => new Set(['alice']) }),
      /people warning practice: .*U0BOB/,
    ],
    [
      'a remedy that is not there',
      () => replace('sql: ALTER TABLE t ALTER id TYPE bigint', 'sql: remedies/none.sql'),
      /programs bad remedy widen: .*remedies\/none\.sql.*ENOENT/,
    ],
    [
      'a remedy that ends its own transaction',
      () => replace('sql: ALTER TABLE t ALTER id TYPE bigint', 'sql: "DELETE FROM t; COMMIT"'),
      /programs bad remedy widen: .*COMMIT would end/,
    ],
    ['a worker that gave no sign of life', () => ({ workers: [] }), /workers bad db1: /],
    [
      'a worker with another plan',
      () => ({ workers: [{ name: 'db1', process: '1', planDigest: 'f'.repeat(64), seenAt: '' }] }),
      /workers warning db1: has read another plan/,
    ],
  ])('%s is found', async (_name, change, wanted) => {
    const { wrong } = await find(change())
    expect(
      wrong.some((line) => wanted.test(line)),
      wrong.join('\n'),
    ).toBe(true)
  })

  it('a role without the right to create databases is found', async () => {
    const name = `weak_${world.database.name}`
    await runSql(world.database.url, `CREATE ROLE ${name} LOGIN PASSWORD 'weak-password'; GRANT SELECT ON t TO ${name}`)
    try {
      const url = urlOf('postgres', { name, password: 'weak-password' })
      const { wrong } = await find(replaceAddress('ADMIN_URL', url))
      expect(wrong.join('\n')).toMatch(/databases bad db switch: .*create and rename databases/)
    } finally {
      await runSql(world.database.url, `DROP OWNED BY ${name}; DROP ROLE ${name}`)
    }
  })

  it('a backup that ends early is found', async () => {
    const other = await openReadyWorld()
    const [point] = await other.tools.archives.list(join(other.folder, 'backups'))
    truncateSync(join(point?.path ?? '', 'toc.dat'), 40)
    const wrong = wrongOf(await checkReadiness(other.reach()))
    expect(wrong.join('\n')).toMatch(/backups bad db d-/)
    await other.close()
  })
})

it('a process that may not touch targets says what it cannot tell, and is not ready', async () => {
  const { findings, wrong } = await find({ tools: null })
  expect(wrong.every((line) => / unknown /.test(line))).toBe(true)
  expect(isReady(findings)).toBe(false)
})

it('a server that keeps no commit times is told where the plan names what a migration makes', async () => {
  const [row] = await runSql<{ kept: string }>(
    world.database.url,
    `SELECT current_setting('track_commit_timestamp') AS kept`,
  )
  const makes = { text: (plan: string) => plan.replace('migrations: { m: { ', "migrations: { m: { makes: ['t_v2*'], ") }
  const told = async (change: Parameters<typeof find>[0]) =>
    (await find(change)).findings.filter((one) => one.subject === 'db leftovers').map((one) => one.state)
  expect(await told(makes)).toEqual(row?.kept === 'on' ? [] : ['warn'])
  expect(await told({})).toEqual([])
})

it('nothing is changed by looking', async () => {
  const other = await createDatabase({ prefix: 'ready' })
  const count = async () =>
    (await runSql(other.url, 'SELECT datname FROM pg_database WHERE datname LIKE $1', [`${world.database.name}%`]))
      .length
  const before = await count()
  await find({})
  expect(await count()).toBe(before)
  await other.drop()
})

it('every finding that is not good says what to do', async () => {
  const { findings } = await find({ ...replace('count: 1', 'count: 3'), workers: [], practised: async () => new Set() })
  for (const { state, fix } of findings) expect(fix === '').toBe(state === 'good')
})
