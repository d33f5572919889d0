import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createRedactor } from '../../../src/tools/redact.ts'

const redact = createRedactor([])
const quote = (value: string) => value.replaceAll("'", "''")

/** How servers, drivers and libraries print a value of a row; all speak of `legacy_orders`, which stays. */
const rows: { readonly [tool: string]: (value: string) => string } = {
  postgresKey: (value) =>
    `ERROR:  duplicate key value violates unique constraint "legacy_orders_key"\nDETAIL:  Key (name)=(${value}) already exists.`,
  postgresRow: (value) =>
    `ERROR:  null value in column "x" of relation "legacy_orders" violates not-null constraint\nDETAIL:  Failing row contains (1, ${value}, null).`,
  postgresCopy: (value) =>
    `ERROR:  value too long for type character varying(3)\nCONTEXT:  COPY legacy_orders, line 3, column name: "${value}"`,
  postgresStatement: (value) =>
    `ERROR:  relation "legacy_orders" does not exist\nSTATEMENT:  INSERT INTO legacy_orders VALUES (1, '${quote(value)}')`,
  postgresParameters: (value) =>
    `ERROR:  column "x" of relation "legacy_orders" does not exist\nCONTEXT:  unnamed portal with parameters: $1 = '${quote(value)}'`,
  mysql: (value) => `ERROR 1062 (23000) at line 3: Duplicate entry '${value}' for key 'legacy_orders.name'`,
  sqlServer: (value) =>
    `Cannot insert duplicate key in object 'dbo.legacy_orders'. The duplicate key value is (1, ${value}).`,
  sqlServerGerman: (value) =>
    `Ein doppelter Schlüssel kann in das dbo.legacy_orders-Objekt nicht eingefügt werden. Der doppelte Schlüsselwert ist (1, ${value}).`,
  sqlServerJapanese: (value) =>
    `オブジェクト 'dbo.legacy_orders' には重複するキーを挿入できません。重複するキーの値は (1, ${value}) です。`,
  sqlalchemy: (value) =>
    `[SQL: INSERT INTO legacy_orders (n) VALUES (%(n)s)]\n[parameters: {'n': "${value.replaceAll('"', '')}"}]`,
  jdbcBatch: (value) =>
    `java.sql.BatchUpdateException: Batch entry 0 INSERT INTO legacy_orders (n) VALUES ('${quote(value)}') was aborted: ERROR: x`,
  hibernate: (value) => `insert into legacy_orders (n) values (?)\nbinding parameter (1:VARCHAR) <- [${value}]`,
  mybatis: (value) => `==>  Preparing: INSERT INTO legacy_orders (n) VALUES (?)\n==> Parameters: ${value}(String)`,
  rails: (value) =>
    `INSERT INTO "legacy_orders" ("name") VALUES ($1) RETURNING "id"  [["name", "${value.replaceAll('"', '')}"]]`,
  go: (value) => `legacy_orders: strconv.ParseInt: parsing "${value}": invalid syntax`,
  goTime: (value) => `legacy_orders: parsing time "${value}" as "2006-01-02": cannot parse "${value}" as "2006"`,
  pydantic: (value) =>
    `legacy_orders\n  Input should be a valid integer [type=int_parsing, input_value='${value}', input_type=str]`,
  jsonSchema: (value) => `legacy_orders\njsonschema.exceptions.ValidationError: '${value}' is not of type 'integer'`,
  springItem: (value) => `legacy_orders: Skipping item: Member(id=1, name=${value})`,
  nodeRow: (value) => `legacy_orders: row 12: { id: 1, name: "${value.replaceAll('"', '')}" }`,
}

/** Ways in which a credential is given to a tool that says what it was called with. */
const credentials: { readonly [form: string]: (value: string) => string } = {
  env: (value) => `DB_PASSWORD=${value}`,
  yaml: (value) => `password: "${value}"`,
  json: (value) => `{"user":"app","password":"${value}"}`,
  conninfo: (value) => `host=db user=app password=${value} dbname=shop`,
  ado: (value) => `Server=x;User Id=app;Password=${value};Database=y`,
  argv: (value) => `--source-password ${value} --host x`,
  xml: (value) => `<property name="password" value="${value}"/>`,
  sql: (value) => `CREATE DATABASE LINK l CONNECT TO u IDENTIFIED BY "${value}"`,
  trace: (value) => `startup user repl password ${value} database x`,
  kubernetes: (value) => `{ name: DB_PASSWORD, value: ${value} }`,
  userpass: (value) => `userpass=${value}`,
}

/** What stands around a tool's lines where its output is collected; each field that holds one is escaped for it. */
const inside: { readonly [router: string]: (text: string) => string } = {
  itself: (text) => text,
  json: (text) => JSON.stringify({ level: 'error', msg: 'failed', error: text }),
  jsonInJson: (text) => JSON.stringify({ log: `${JSON.stringify({ level: 'error', msg: text })}\n`, stream: 'stderr' }),
  compose: (text) => text.replace(/^/gm, 'app-1  | '),
  syslog: (text) => text.replace(/^/gm, 'Mar  2 02:10:05 db1 app[12]: '),
  logfmt: (text) => `time="2026-03-02T02:10:07Z" level=error msg="failed" error=${JSON.stringify(text)}`,
}

const person = fc.oneof(
  fc.stringMatching(/^[A-Z][a-z]{4,9} [A-Z][a-z]{4,9}$/),
  fc.stringMatching(/^[A-Z]'[A-Z][a-z]{5,9}$/),
  fc.stringMatching(/^\d{2}O\d{2}-[A-Z]{4}$/),
  fc.stringMatching(/^[가-힣]{3,5} [가-힣]{3,5}$/),
)
const secret = fc.stringMatching(/^[A-Za-z]{3}[A-Za-z0-9+&!]{3,12}[A-Za-z0-9]{2}$/)

describe.each(Object.entries(inside))('within %s', (_router, wrap) => {
  test.each(Object.entries(rows))('a value that %s prints goes, and the name of the table stays', (_tool, print) => {
    fc.assert(
      fc.property(person, (value) => {
        const shown = redact(wrap(print(value)))
        expect(shown).not.toContain(value)
        expect(shown).toContain('legacy_orders')
      }),
      { numRuns: 15 },
    )
  })

  test.each(Object.entries(credentials))('a credential given as %s goes', (_form, give) => {
    fc.assert(
      fc.property(secret, (value) => {
        const piece = value.slice(value.lastIndexOf('&') + 1)
        const shown = redact(wrap(give(value)))
        expect(shown).not.toContain(value)
        // Words of the log itself are shown whatever the secret is.
        if (piece.length > 3 && !wrap(give('')).includes(piece)) expect(shown).not.toContain(piece)
      }),
      { numRuns: 15 },
    )
  })
})

test.each([
  ['one word', 'x'.repeat(3_000_000)],
  ['ampersands', `a${'&b'.repeat(100_000)}`],
  ['ampersands alone', '&'.repeat(200_000)],
])('a credential of any length goes: %s', (_what, value) => {
  const shown = redact(`password=${value}`)
  expect(shown).not.toContain(value.slice(-200))
  expect(shown.length).toBeLessThan(value.length)
})
