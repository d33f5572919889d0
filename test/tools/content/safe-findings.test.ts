import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Finding } from '../../../src/domain/content.ts'
import { finding } from '../../../src/domain/finding-texts.ts'
import { makeFindingsSafe } from '../../../src/tools/content/safe-findings.ts'
import { createRedactor } from '../../../src/tools/redact.ts'
import { createDatabase, type TestDatabase } from '../../support/postgres.ts'
import { compare, content, measure, never, run, targetOf } from './rig.ts'

const secrets = ['hunter-two', 'open sesame', 'Tr0ub4dor', 'swordfish', 'correct horse', 'xyzzy-plugh']

/** Every secret in another place; `mark` makes all of them differ from what was recorded. */
const writeObjects = (mark: string) => `
  CREATE EXTENSION IF NOT EXISTS postgres_fdw;
  CREATE OR REPLACE FUNCTION public.pull() RETURNS void LANGUAGE plpgsql AS $body$
  BEGIN
    PERFORM 'host=db password=hunter-two${mark} user=app';
    EXECUTE 'ALTER ROLE app PASSWORD ''open sesame${mark}''';
    EXECUTE 'ALTER ROLE app PASSWORD $q$Tr0ub4dor${mark}$q$';
    PERFORM set_config('app.url', 'postgres://app:swordfish${mark}@db/orders', true);
  END $body$;
  DROP SERVER IF EXISTS far CASCADE;
  CREATE FOREIGN DATA WRAPPER w${mark === '' ? 1 : 2};
  CREATE SERVER far FOREIGN DATA WRAPPER w${mark === '' ? 1 : 2} OPTIONS (host 'h${mark}', password 'correct horse${mark}');
  CREATE USER MAPPING FOR PUBLIC SERVER far OPTIONS (user 'app', password 'xyzzy-plugh${mark}');`

let database: TestDatabase
beforeEach(async () => {
  database = await createDatabase()
})
afterEach(() => database.drop())

describe('values of findings', () => {
  test('hold no password that stands in a function, in options of a server or in a user mapping', async () => {
    await run(database, writeObjects(''))
    const manifest = await measure(database)
    await run(database, writeObjects('-new'))
    const seen = await compare(database, manifest)
    const names = seen.differing.map((one) => one.name)
    expect(names).toEqual(expect.arrayContaining(['function public.pull()', 'server far']))
    expect(names.some((one) => one.startsWith('user mapping far'))).toBe(true)
    const text = JSON.stringify(seen)
    for (const secret of secrets) expect(text, secret).not.toContain(secret)
    // No hash either, from which a short one could be guessed.
    expect(text).not.toMatch(/[0-9a-f]{64}/)
    expect(text).toContain('host=db')
  })

  test('of a long body are cut, and say how much is missing', async () => {
    await run(
      database,
      `CREATE FUNCTION public.long() RETURNS text LANGUAGE sql AS $$ SELECT 'one' /* ${'some words '.repeat(10_000)}*/ $$`,
    )
    const manifest = await measure(database)
    await run(database, 'DROP FUNCTION public.long()')
    const [one] = (await compare(database, manifest)).differing
    expect(one?.name).toBe('function public.long()')
    const length = JSON.stringify(one?.expected).length
    expect(length).toBeGreaterThan(1_900)
    expect(length).toBeLessThan(2_200)
  })

  test('of a check hold no personal data, and it is judged by what was there', async () => {
    const checks = [
      { name: 'who', sql: `SELECT 'u1@example.org'`, expect: 'u1@example.org' },
      { name: 'other', sql: `SELECT 'password=hunter-two'`, expect: 'none' },
    ]
    const found = await content.runChecks({ target: targetOf(database), checks, signal: never })
    expect(found.map((one) => one.verdict)).toEqual(['equal', 'differs'])
    expect(JSON.stringify(found)).not.toMatch(/u1@example|hunter-two/)
  })

  test('are redacted before they are cut, whatever stands at the cut', () => {
    const redact = createRedactor(['a-known-secret'])
    for (let before = 1_980; before <= 2_000; before += 1) {
      const value = `${'y'.repeat(before)} a-known-secret and more`
      const one: Finding = {
        ...{ subject: 'object', name: 'function f()', verdict: 'differs', expected: { body: value }, found: value },
        why: finding('check_unread', { seen: value }),
      }
      expect(JSON.stringify(makeFindingsSafe([one], redact))).not.toContain('a-known')
    }
  })

  test('keep names such as __proto__ and constructor', () => {
    const expected = JSON.parse('{"__proto__": ["a=1"], "constructor": ["b=2"]}')
    const one: Finding = {
      ...{ subject: 'property', name: 'settings of roles', verdict: 'differs', expected, found: null, why: null },
    }
    const [safe] = makeFindingsSafe([one], (text) => text)
    expect(JSON.stringify(safe?.expected)).toBe('{"__proto__":["a=1"],"constructor":["b=2"]}')
  })
})
