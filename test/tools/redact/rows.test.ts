import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createRedactor } from '../../../src/tools/redact.ts'

const redact = createRedactor([])

/** What a tool prints, by its name; `data` is taken out of it, and `kept` stays. */
const prints: readonly (readonly [tool: string, text: string, data: readonly string[], kept: readonly string[]])[] = [
  [
    'pgjdbc',
    `Batch entry 0 INSERT INTO people (id, name) VALUES (5400000,'Kim Minsu') was aborted: ERROR: duplicate key value violates unique constraint "people_pkey"`,
    ['5400000', 'Minsu'],
    ['INSERT INTO people (id, name)', 'was aborted', 'people_pkey'],
  ],
  [
    'Hibernate in Italian',
    `Batch entry 0 insert into q (bank) values (('Banca Alfa')) was aborted: ERRORE: viola il vincolo univoco "q_key"`,
    ['Banca Alfa'],
    ['q_key'],
  ],
  [
    'psql',
    `LINE 1: INSERT INTO people VALUES (17, 'Yang Mira', 'forty two');`,
    ['Mira', 'forty', '17'],
    ['INSERT INTO people'],
  ],
  ['psql in Korean', `줄 1: INSERT INTO orders VALUES (1, '홍길동');`, ['홍길동'], ['orders']],
  ['psql of a cut line', `LINE 1: ...sert into people values (3, 'x', 'Kim M...`, ['Kim M'], []],
  [
    'MySQL',
    `the right syntax to use near 'Hanlim' s shop','Gangnam 12')' at line 1`,
    ['Hanlim', 'Gangnam'],
    ['at line 1'],
  ],
  ['MySQL without data', `the right syntax to use near 'RETURNING id' at line 3`, [], ['RETURNING id']],
  [
    'SQLAlchemy',
    `[parameters: {'name': "O'Brien", 'n': 984057660.0, 'ok': True}]`,
    ['Brien', '984057660'],
    ['[parameters: {'],
  ],
  [
    'SQLAlchemy by place',
    `[parameters: (2829, 'en', 'The Secret Title')]\n(Background on this error`,
    ['Secret Title', '2829'],
    ['(Background on this error'],
  ],
  ['SQLAlchemy echo', `INFO sqlalchemy [generated in 0.00013s] ('Kim Minsu', 7)`, ['Minsu'], ['generated in']],
  [
    'Flyway',
    `Statement  : INSERT INTO staff (id, name) VALUES (7, 'Kim Minsu'), (8, 'Park Jiyeon')`,
    ['Minsu', 'Jiyeon'],
    ['INSERT INTO staff (id, name)'],
  ],
  [
    'Liquibase',
    `already exists. [Failed SQL: (0) INSERT INTO CLIENT VALUES (3,'Meier','Hauptstrasse 12, Bonn')]`,
    ['Meier', 'Hauptstrasse'],
    ['already exists.', 'Failed SQL'],
  ],
  [
    'Laravel',
    `(Connection: pgsql, SQL: insert into "people" ("name") values (Kim Minsu) returning "id")`,
    ['Minsu'],
    ['"people"', 'returning "id"'],
  ],
  [
    'knex',
    `insert into "p" ("name") values ('Kim') - null value in column "age" violates not-null constraint`,
    ['Kim'],
    ['column "age" violates'],
  ],
  [
    'TypeORM',
    `query failed: INSERT INTO "p"("n") VALUES ($1) -- PARAMETERS: ["Gold Plan","Seo Yuna"]`,
    ['Gold', 'Yuna'],
    ['VALUES ($1)'],
  ],
  [
    'TypeORM in a dump',
    `  query: 'INSERT INTO "p"("n") VALUES ($1)',\n  parameters: [ 'Gold Plan' ],\n  table: 'p'`,
    ['Gold'],
    ["table: 'p'"],
  ],
  [
    'goose',
    `failed to execute SQL query "CREATE TABLE t (id INT);\\nINSERT INTO t (n) VALUES ('Hanbit Clinic');": Error 1064 (42000)`,
    ['Hanbit'],
    ['CREATE TABLE t', 'Error 1064'],
  ],
  [
    'EF Core',
    `[Parameters=[@p0='42', @p1='Baek Sora' (Nullable = false)], CommandType='Text']`,
    ['Baek', '42'],
    ['CommandType'],
  ],
  ['Rails', `INSERT INTO "people" ("name") VALUES ($1)  [["name", "Kim Minsu"], ["id", 7]]`, ['Minsu'], ['"people"']],
  ['Hibernate 5', `binding parameter [1] as [VARCHAR] - [Kim Minsu]`, ['Minsu'], ['VARCHAR']],
  ['Hibernate 6', `binding parameter (1:VARCHAR) <- [Kim [x] Minsu]`, ['Minsu'], ['VARCHAR']],
  ['MyBatis', `==> Parameters: Kim Minsu(String), 17(Integer)`, ['Minsu', '17'], ['Parameters']],
  [
    'Kettle',
    `into table [people] with values: [50071486], [-], [Kim Minsu]`,
    ['50071486', 'Minsu'],
    ['table [people]'],
  ],
  ['JumpMind', `With values:\n[Lim Chaewon, 9 Mapo-ro, 5287]\nWith types:`, ['Chaewon', 'Mapo'], ['With types']],
  ['Airbyte', `could not be written for row [7, Kim Minsu]`, ['Minsu'], ['could not be written']],
  ['pgloader', `DATA < #("Kim Minsu" #(33 40) "x")`, ['Minsu', '33'], ['DATA']],
  [
    'SQL Server',
    `in table 'shop.dbo.people', column 'name'. Truncated value: 'Gwon Nari the lon'.`,
    ['Nari'],
    ["column 'name'"],
  ],
  ['Oracle Data Pump', `ORA-02372: data for row: NAME : 'Kim Minsu'`, ['Minsu'], ['ORA-02372']],
  [
    'PostgreSQL parameters',
    `CONTEXT:  unnamed portal with parameters: $1 = 'q7', $2 = 'Kim''s'`,
    ['q7', 'Kim'],
    ['CONTEXT'],
  ],
  [
    'PostgreSQL in German',
    `DETAIL:  Schlüssel »(id)=(1e772f36)« existiert bereits.`,
    ['1e772f36'],
    ['existiert bereits'],
  ],
  [
    'PostgreSQL in German, COPY',
    `ZUSAMMENHANG:  COPY kunden, Zeile 128, Spalte plz: »Hans Meier«`,
    ['Meier'],
    ['Spalte plz'],
  ],
  ['PostgreSQL in French', `DÉTAIL:  La ligne en échec contient (17, Luc Martin, null).`, ['Martin'], ['en échec']],
  [
    'PostgreSQL in French, value',
    `ERREUR:  syntaxe en entrée invalide pour le type integer : « Luc Martin »`,
    ['Martin'],
    ['integer'],
  ],
  ['PostgreSQL in Spanish', `DETALLE:  Ya existe la llave (nombre)=(Juan Pérez).`, ['Juan'], ['(nombre)=(']],
  ['PostgreSQL in Russian', `ПОДРОБНОСТИ:  Ошибочная строка содержит (17, Иван Петров, null).`, ['Иван'], ['строка']],
  [
    'PostgreSQL in Japanese',
    `文脈:  customersのCOPY、行 128、列 phone: "内線4471 山田太郎"`,
    ['山田太郎'],
    ['customers'],
  ],
  ['PostgreSQL in Chinese', `错误:  无效的类型 integer 输入语法: "王小明 北京"`, ['王小明'], ['integer']],
  ['PostgreSQL in Turkish', `AYRINTI: Hata veren satır (17, Ali Veli, null) içeriyor.`, ['Veli'], ['Hata veren']],
  ['PostgreSQL in Ukrainian', `ВІДОМОСТІ:  Помилковий рядок містить (17, Іван Коваль).`, ['Коваль'], ['рядок']],
  ['a key of an expression', `Key (lower(email::text))=(kim minsu) already exists.`, ['minsu'], ['already exists.']],
  ['Java', `java.lang.NumberFormatException: For input string: "forty two"`, ['forty'], ['NumberFormatException']],
  ['Python', `ValueError: invalid literal for int() with base 10: 'forty two'`, ['forty'], ['ValueError']],
  ['Go', `strconv.Atoi: parsing "forty two": invalid syntax`, ['forty'], ['invalid syntax']],
  [
    'an update',
    `UPDATE people SET name = 'Kim', salary = 5400000 WHERE id = 77123`,
    ['Kim', '5400000', '77123'],
    ['UPDATE people SET name', 'salary', 'WHERE id'],
  ],
  ['lines of a statement', `    (8, 'Park Jiyeon', 'jy'),\n    (9, 'Lee', 'x');`, ['Jiyeon', 'Lee'], []],
]

describe('row data goes, and what stands around it stays', () => {
  test.each(prints)('%s', (_, text, data, kept) => {
    const hidden = redact(text)
    for (const piece of data) expect(hidden).not.toContain(piece)
    for (const piece of kept) expect(hidden).toContain(piece)
  })

  test.each(prints)('%s, redacted twice, is the same', (_, text) => {
    expect(redact(redact(text))).toBe(redact(text))
  })

  test.each(prints)('%s keeps its lines apart', (_, text) => {
    expect(redact(text).split('\n')).toHaveLength(text.split('\n').length)
  })
})

test('a key ends at its own end: the message and the stack behind it stay', () => {
  const text = [
    'Key (order_id)=(991) is not present in table "orders".',
    '\tat org.x.Y.z(Y.java:12)',
    '  File "/app/load.py", line 31, in upgrade (second)',
    'Caused by: java.sql.SQLException: closed (really)',
  ].join('\n')
  expect(redact(text).replace(/‹[^›]*›/, '991')).toBe(text)
})

test('a value of several lines goes as a whole', () => {
  const text = 'CONTEXT:  COPY people, line 3: "3,""Nam\nJoo-hyuk"",Seoul"\n2026-03-01 02:12:01 UTC LOG:  next'
  expect(redact(text)).toMatch(
    /^CONTEXT: {2}COPY people, line 3: "‹row [0-9a-f]{4}›\n‹…›"\n2026-03-01 02:12:01 UTC LOG: {2}next$/,
  )
})

test.each([
  'ERROR:  relation "orders" does not exist',
  'ERROR:  column "deprecated_at" of relation "orders" does not exist',
  'FATAL:  database "shop" does not exist',
  'psql: error: connection to server at "localhost" (127.0.0.1), port 5432 failed: Connection refused',
  "FileNotFoundError: [Errno 2] No such file or directory: '/data/people.csv'",
  "KeyError: 'customer_id'",
  "ERROR 1146 (42S02): Table 'shop.people' doesn't exist",
  'ERROR:  syntax error at or near "AUTO_INCREMENT"',
  'ALTER TABLE orders ALTER COLUMN note TYPE varchar(12)',
  'GET base/16384/4111111111111111',
])('names stay: %s', (text) => {
  expect(redact(text)).toBe(text)
})

test('no text makes it throw, not even one that was redacted, and equal texts stay equal', () => {
  const piece = fc.constantFrom(
    ...prints.map(([, text]) => text),
    ...'\'"()[]{}«»;:,=\n\\ '.split(''),
    ...['VALUES (', "x = '", 'ERROR:  ', 'LINE 1: ', 'Key (a)=(', 'row [', 'password=', '‹row ', '***'],
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
      const once = redact(pieces.join(''))
      redact(once)
      expect(redact(pieces.join(''))).toBe(once)
    }),
    { numRuns: 500 },
  )
})
