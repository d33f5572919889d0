import { afterEach, describe, expect, inject, test } from 'vitest'
import { adminUrl, runSql } from '../../support/postgres.ts'
import { createOwnDba } from '../../support/restore-cases/case-roles.ts'
import { openCase, type PlayedCase } from '../../support/restore-cases/play-case.ts'

let played: PlayedCase | undefined
afterEach(async () => {
  await played?.close()
  played = undefined
})

/** Databases that stand beside live: what a refusal has already made. */
async function listBeside(of: PlayedCase): Promise<string[]> {
  const rows = await runSql<{ name: string }>(
    adminUrl(),
    'SELECT datname::text AS name FROM pg_database WHERE starts_with(datname, $1) AND datname <> $1',
    [of.database],
  )
  return rows.map((row) => row.name)
}

/** The steps of a job that came to their end. */
const doneSteps = (of: PlayedCase, step: string) =>
  of.outcomes
    .findLast((one) => one.step === step)
    ?.view.steps.filter((one) => one.state === 'done')
    .map((one) => one.name)

describe('what only a superuser may do is refused before anything is made, and never by making one', () => {
  test('c15: an event trigger and a publication of all tables', async () => {
    played = await openCase('c15')
    await played.play()
    const failure = played.failureOf('restore')
    expect(failure).toMatchObject({ code: 'needs_superuser', facts: { role: 'salvor_case_dba', key: 'url' } })
    const { objects } = (failure as { facts: { objects: string } }).facts
    expect(objects).toContain('event trigger audit')
    expect(objects).toContain('publication everything')
    expect(objects).toContain('function public.audit_ddl() of postgres')
    expect(JSON.stringify(failure)).not.toMatch(/GRANT/)
    expect(doneSteps(played, 'restore')).toEqual(['choose'])
    expect(await listBeside(played)).toEqual([])
  })

  test('c15c: an extension that is not trusted, functions that no other may write, what a superuser owns', async () => {
    played = await openCase('c15c')
    await played.play()
    const failure = played.failureOf('restore')
    expect(failure).toMatchObject({ code: 'needs_superuser' })
    expect((failure as { facts: { objects: string } }).facts.objects).toBe(
      'function public.quiet(integer), extension amcheck, function public.twice(integer, integer) (internal), table public.theirs of postgres',
    )
    expect(await listBeside(played)).toEqual([])
  })
})

test('c15d: a membership that is missing is named with the one grant that is enough, and it is', async () => {
  const dba = await createOwnDba()
  try {
    played = await openCase('c15d', { dba })
    await played.play()
    if (inject('serverMajor') < 15) {
      // There `public` is the first superuser's, and a grant on it would be lost with a warning.
      const facts = { objects: 'privileges on schema public of postgres', role: dba.name }
      expect(played.failureOf('restore')).toMatchObject({ code: 'needs_superuser', facts })
      expect(await listBeside(played)).toEqual([])
      return
    }
    const grant = `GRANT "${played.database}" TO "${dba.name}";`
    expect(played.failureOf('restore')).toMatchObject({ code: 'load_membership', facts: { role: dba.name, grant } })
    expect(await listBeside(played)).toEqual([])
    await runSql(adminUrl(), grant)
    await played.say('restore2')
    expect(played.failureOf('restore2')).toBeNull()
    expect(await played.dump()).toBe(played.before)
  } finally {
    await played?.close()
    const owner = played?.database
    played = undefined
    await runSql(adminUrl(), `DROP ROLE IF EXISTS ${dba.name}${owner === undefined ? '' : `, "${owner}"`}`)
  }
})

test('c16: rows that policies hide are told before a backup and before a restore, with what shows them, and it does', async () => {
  const dba = await createOwnDba()
  try {
    played = await openCase('c16', { dba })
    await played.play()
    const grant = `ALTER ROLE "${dba.name}" BYPASSRLS;`
    const hidden = { code: 'target_row_security', facts: { role: dba.name, tables: 'public.tenant', grant } }
    expect(played.failureOf('backup')).toMatchObject(hidden)
    expect(played.failureOf('restore')).toMatchObject(hidden)
    expect(doneSteps(played, 'restore')).toEqual(['choose'])
    expect(await listBeside(played)).toEqual([])
    await runSql(adminUrl(), grant)
    await played.say('restore2')
    expect(played.failureOf('restore2')).toBeNull()
    expect(await played.dump()).toBe(played.before)
  } finally {
    await played?.close()
    played = undefined
    await runSql(adminUrl(), `DROP ROLE ${dba.name}`)
  }
})
