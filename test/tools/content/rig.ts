import { join } from 'node:path'
import { inject } from 'vitest'
import type { ContentManifest, Finding } from '../../../src/domain/content.ts'
import type { ContentTools, TargetAddress } from '../../../src/ports/content-tools.ts'
import { silentLog } from '../../../src/ports/log.ts'
import { createContentTools } from '../../../src/tools/content/index.ts'
import { createToolRunner } from '../../../src/tools/start-tool.ts'
import { adminUrl, createDatabase, type TestDatabase, withClient } from '../../support/postgres.ts'

export const content: ContentTools = createContentTools({ log: silentLog })
export const never = new AbortController().signal

export function targetOf(database: { url: string }): TargetAddress {
  return {
    system: 'orders-db',
    url: database.url,
    adminUrl: adminUrl(),
    session: { step: 'verify-1/compare', fence: 1 },
  }
}

export async function measure(
  database: TestDatabase,
  more: { withCopyBytes?: boolean } = {},
): Promise<ContentManifest> {
  return content.measure({ target: targetOf(database), signal: never, ...more })
}

export async function compare(
  database: TestDatabase,
  manifest: ContentManifest,
  more: Partial<Parameters<ContentTools['compare']>[0]> = {},
) {
  return content.compare({
    target: targetOf(database),
    manifest,
    against: 'the manifest',
    checks: [],
    signal: never,
    ...more,
  })
}

export async function run(database: { url: string }, sql: string): Promise<void> {
  await withClient(database.url, (client) => client.query(sql))
}

/** A new database that pg_dump and pg_restore made of another: enums, sequences and oids are new ones. */
export async function copyByDump(database: TestDatabase): Promise<TestDatabase> {
  const copy = await createDatabase()
  const archive = join(inject('runFolder'), `${copy.name}.dump`)
  const runner = createToolRunner()
  const bin = inject('postgresBin')
  for (const [program, args] of [
    ['pg_dump', ['-Fc', '-f', archive, '-d', database.url]],
    ['pg_restore', ['--exit-on-error', '-d', copy.url, archive]],
  ] as const) {
    const result = await runner.run({ program: join(bin, program), args, signal: never })
    if (result.exitCode !== 0) throw new Error(`${program}: ${result.stderrTail}`)
  }
  return copy
}

export function named(findings: readonly Finding[], name: string): Finding | undefined {
  return findings.find((finding) => finding.name === name)
}

/** A small shop: keys, enum, checks, a sequence, an index, a view, a function, and a table without a key. */
export const ORDERS = `
CREATE TYPE status AS ENUM ('open', 'paid');
CREATE TABLE orders (id serial PRIMARY KEY, status status NOT NULL DEFAULT 'open', note varchar(40), amount numeric(12, 2),
  CONSTRAINT amount_positive CHECK (amount >= 0), CONSTRAINT known CHECK (note IN ('a', 'b') OR note IS NOT NULL));
CREATE TABLE lines (order_id int REFERENCES orders, position int, PRIMARY KEY (order_id, position));
CREATE INDEX orders_note ON orders (note);
CREATE VIEW paid AS SELECT * FROM orders WHERE status = 'paid';
CREATE FUNCTION twice(n int) RETURNS int LANGUAGE sql AS 'SELECT n * 2';
CREATE TABLE log (at timestamptz, line text);
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER t BEFORE INSERT ON log EXECUTE FUNCTION f();
INSERT INTO orders (status, note, amount) SELECT (ARRAY['open','paid']::status[])[1 + i % 2], 'n' || i, i FROM generate_series(1, 2000) i;
INSERT INTO lines SELECT i, 1 FROM generate_series(1, 1000) i;
INSERT INTO log SELECT now(), 'l' || i FROM generate_series(1, 100) i;`
