import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRedactor } from '../../../src/tools/redact.ts'

const redact = createRedactor([])

/**
 * How tools print data: `#n` a name, `#m` a mail address, `#t` a text, `#d` figures, `#p` a phone number, `#k` a Korean
 * name, `#s` a secret. What stands behind it must stay.
 */
const formats: readonly (readonly [tool: string, printed: string, kept: readonly string[]])[] = [
  // Statements, as ORMs and drivers print them.
  [
    'psql',
    `psql:mig.sql:4: ERROR:  duplicate key\nSTATEMENT:  INSERT INTO people (id, name) VALUES (#d, '#n');`,
    ['people', 'mig.sql:4'],
  ],
  [
    'Laravel',
    "SQLSTATE[01000]: Warning: 1265 Data truncated for column 'band' at row 1 (Connection: mysql, SQL: update `employees` set `band` = #t where `full_name` = #n)",
    ['band', 'employees', '1265'],
  ],
  [
    'Laravel insert',
    "SQLSTATE[23000]: 1062 Duplicate entry '#m' for key 'users_email_unique' (Connection: mysql, SQL: insert into `users` (`name`, `email`) values (#n, #m))",
    ['users_email_unique', '`users`'],
  ],
  [
    'Doctrine',
    `An exception occurred while executing 'INSERT INTO client (name, mail) VALUES (?, ?)' with params ["#n", "#m"]:\nSQLSTATE[23505]: unique violation`,
    ['client', '23505'],
  ],
  [
    'SQLAlchemy',
    `[SQL: INSERT INTO people (name, mail) VALUES (%(name)s, %(mail)s)]\n[parameters: {'name': '#n', 'mail': '#m'}]`,
    ['people', '[parameters:'],
  ],
  [
    'SQLAlchemy many',
    `[parameters: [('#n', #d), ('#k', 2)  ... displaying 10 of 500 total bound parameter sets ...  ('#t', 3)]]`,
    [],
  ],
  [
    'TypeORM',
    `query failed: INSERT INTO "clinic_users"("full_name") VALUES ($1) -- PARAMETERS: ["#n","#m"]`,
    ['clinic_users', 'full_name'],
  ],
  [
    'TypeORM error',
    `  query: 'INSERT INTO "u"("n") VALUES ($1, $2)',\n  parameters: [\n    '#n',\n    '#m'\n  ],\n  driverError: error: duplicate key`,
    ['driverError'],
  ],
  [
    'Sequelize',
    `  sql: "INSERT INTO \`Users\` (\`id\`,\`name\`) VALUES (#d,'#n');",\n  fields: { email: '#m' },`,
    ['Users'],
  ],
  [
    'Sequelize item',
    `    ValidationErrorItem {\n      message: 'email must be unique',\n      type: 'unique violation',\n      path: 'email',\n      value: '#m',\n      instance: user { dataValues: { id: null, name: '#n' } }`,
    ['email must be unique', 'path'],
  ],
  [
    'Prisma',
    'Invalid `prisma.user.create()` invocation:\n\n{\n  data: {\n    email: "#m",\n    name: "#n",\n    note: "#t"\n  }\n}\n\nUnique constraint failed on the fields: (`email`)',
    ['prisma.user.create', '(`email`)'],
  ],
  [
    'Drizzle',
    `Failed query: insert into "users" ("id", "name") values (default, $1)\nparams: #n,#m`,
    ['"users"', '"name"'],
  ],
  [
    'Knex',
    `insert into "people" ("name", "note") values ('#n', '#t') - duplicate key value violates unique constraint "people_pkey"`,
    ['people_pkey'],
  ],
  [
    'MikroORM',
    `UniqueConstraintViolationException: insert into "book" ("title") values ('#t') returning "id" - duplicate key`,
    ['"book"'],
  ],
  ['Objection', `{ "sql": "insert into people (name) values (?)", "bindings": ["#n", "#m"] }`, ['people']],
  [
    'Mongoose',
    `MongoServerError: E11000 duplicate key error collection: shop.users index: email_1 dup key: { email: "#m" }\n  keyPattern: { email: 1 },\n  keyValue: { email: '#m' }`,
    ['shop.users', 'email_1'],
  ],
  [
    'Ecto',
    `[error] QUERY ERROR db=1.2ms\nINSERT INTO "users" ("email","name") VALUES ($1,$2) RETURNING "id" ["#m", "#n"]`,
    ['"users"'],
  ],
  [
    'Ecto changeset',
    `#Ecto.Changeset<action: :insert, changes: %{name: "#n", note: "#t"}, errors: [email: {"has already been taken", [constraint: :unique, constraint_name: "users_email_index"]}], data: #Shop.User<>, valid?: false>`,
    ['users_email_index', 'has already been taken'],
  ],
  ['Elixir struct', `** (Postgrex.Error) on %Shop.User{id: nil, name: "#n", email: "#m"}`, ['Shop.User', 'name']],
  [
    'Rails',
    `  User Create (0.4ms)  INSERT INTO "users" ("name", "email") VALUES ($1, $2) RETURNING "id"  [["name", "#n"], ["email", "#m"]]`,
    ['"users"'],
  ],
  [
    'Ruby inspect',
    `ActiveRecord::RecordInvalid on #<User id: nil, name: "#n", email: "#m", created_at: nil>`,
    ['RecordInvalid', 'name'],
  ],
  ['Ruby hash', `skipping {"name"=>"#n", :note=>"#t"}: Validation failed`, ['Validation failed', 'name']],
  [
    'Hibernate',
    `binding parameter (1:VARCHAR) <- [#n]\nbinding parameter [2] as [VARCHAR] - [#t]`,
    ['binding parameter'],
  ],
  [
    'MyBatis',
    `==>  Preparing: INSERT INTO t (a, b) VALUES (?, ?)\n==> Parameters: #n(String), #m(String)`,
    ['Preparing'],
  ],
  [
    'p6spy',
    `1700000000|3|statement|connection 0|insert into t (a) values (?)|insert into t (a) values ('#n')`,
    ['insert into t'],
  ],
  ['datasource-proxy', `Query:["insert into t (a,b) values (?,?)"], Params:[(#n,#m)]`, ['insert into t']],
  [
    'pgjdbc',
    `Batch entry 3 INSERT INTO people (name) VALUES (('#n')) was aborted: ERROR: value too long for type character varying(20)`,
    ['was aborted', 'character varying(20)'],
  ],
  [
    'EF Core',
    `Failed executing DbCommand (3ms) [Parameters=[@p0='#n' (Size = 50), @p1='#m' (Size = 80)], CommandType='Text', CommandTimeout='30']`,
    ["CommandTimeout='30'"],
  ],
  ['NHibernate', `INSERT INTO Person (Name) VALUES (@p0);@p0 = '#n' [Type: String (4000:0:0)]`, ['Person']],
  ['Dapper', `System.Exception: insert failed for { Id = 5, Name = #n, Note = #t }`, ['insert failed']],
  [
    'GORM',
    `[0.512ms] [rows:0] INSERT INTO "customers" ("name","email") VALUES ('#n','#m') RETURNING "id"`,
    ['customers'],
  ],
  [
    'pgx',
    `{"level":"error","err":"ERROR: duplicate key (SQLSTATE 23505)","sql":"insert into t values($1,$2)","args":["#n","#m"]}`,
    ['23505'],
  ],
  ['Go %+v', `insert failed for {ID:7 FullName:#w Email:#m Note:#w}: pq: duplicate key`, ['duplicate key', 'FullName']],
  [
    'Go %#v',
    `insert failed for main.Customer{ID:7, Name:"#n", Email:"#m"}: pq: duplicate key`,
    ['main.Customer', 'duplicate key'],
  ],
  [
    'Java toString',
    `could not save Customer{id=4, name=#n, note=#t}: constraint violated`,
    ['Customer', 'constraint violated', 'name='],
  ],
  ['Lombok', `Rejected Customer(id=4, name=#n, email=#m) by validator`, ['Customer(', 'by validator']],
  ['Java record', `bad Row[id=#d, city=#t, note=#t] skipped`, ['skipped']],
  ['dataclass', `ValueError while saving Customer(id=4, name='#n', mail='#m')`, ['ValueError', 'Customer']],
  [
    'pydantic',
    `1 validation error for Person\nage\n  Input should be a valid integer [type=int_parsing, input_value='#t', input_type=str]`,
    ['int_parsing', 'Person'],
  ],
  ['Python dict', `KeyError while mapping row: {'name': '#n', 'note': '#t'}`, ['KeyError']],
  ['diesel', `-- binds: ["#n", #d]`, []],
  [
    'jOOQ',
    `Executing query : insert into "t" ("a") values (?)\n-> with bind values : insert into "t" ("a") values ('#n')`,
    ['insert into "t"'],
  ],
  ['Slick', `Preparing statement: insert into t (a) values (?) arguments = [#n, #m]`, ['insert into t']],
  ['peewee', `peewee.IntegrityError: ('INSERT INTO "t" ("a", "b") VALUES (?, ?)', ['#n', '#m'])`, ['IntegrityError']],
  ['Django', `(0.001) INSERT INTO "t" ("a") VALUES (%s); args=('#n',); alias=default`, ['alias=default']],
  // Messages of servers.
  ['PostgreSQL key', `DETAIL:  Key (lower(email))=(#m) already exists.`, ['already exists']],
  ['PostgreSQL row', `DETAIL:  Failing row contains (#d, #n, #m, null).`, ['Failing row contains']],
  ['PostgreSQL COPY', `CONTEXT:  COPY people, line 12, column phone: "#t"`, ['people', 'line 12', 'phone']],
  ['PostgreSQL COPY line', `CONTEXT:  COPY people, line 12: "#d,#n,#m"`, ['people', 'line 12']],
  ['PostgreSQL COPY data', `COPY people (id, name) FROM stdin;\n#d\t#n\t\\N\n\\.`, ['COPY people']],
  [
    'pg node',
    `  detail: 'Key (email)=(#m) already exists.',\n  schema: 'public',\n  table: 'people',\n  constraint: 'people_email_key',`,
    ['people_email_key', "'public'"],
  ],
  [
    'MySQL near',
    `ERROR 1064 (42000) at line 3: You have an error in your SQL syntax; check the manual for the right syntax to use near 's house', '#n')' at line 1`,
    ['1064', 'at line 1'],
  ],
  ['MySQL entry', `ERROR 1062 (23000): Duplicate entry '#m-#d' for key 'people.mail'`, ['people.mail']],
  [
    'MySQL value',
    `ERROR 1292 (22007): Incorrect datetime value: '#t' for column 'born' at row 4`,
    ['born', 'at row 4'],
  ],
  [
    'SQL Server key',
    `Msg 2627, Level 14, State 1: Violation of UNIQUE KEY constraint 'UQ_p'. Cannot insert duplicate key in object 'dbo.People'. The duplicate key value is (#n, #m).`,
    ['UQ_p', 'dbo.People'],
  ],
  [
    'SQL Server cut',
    `String or binary data would be truncated in table 'shop.dbo.People', column 'Name'. Truncated value: '#n'.`,
    ['dbo.People', "'Name'"],
  ],
  [
    'SQL Server convert',
    `Conversion failed when converting the nvarchar value '#t' to data type int.`,
    ['data type int'],
  ],
  [
    'Oracle 23ai',
    `ORA-00001: unique constraint (HR.PEOPLE_UK) violated on table HR.PEOPLE columns (MAIL)\nORA-03301: (ORA-00001 details) row with column values (MAIL:'#m') already exists`,
    ['HR.PEOPLE_UK', 'already exists'],
  ],
  ['Oracle number', `ORA-01722: unable to convert string value containing '#t' to a number: `, ['ORA-01722']],
  ['Oracle binds', `ERROR at line 1: bind :1 = '#n', :2 = '#m'`, ['ERROR at line 1']],
  [
    'Firebird',
    `violation of PRIMARY or UNIQUE KEY constraint "UNQ1" on table "PEOPLE"\n-Problematic key value is ("MAIL" = '#m')`,
    ['UNQ1', 'PEOPLE'],
  ],
  [
    'H2',
    `Unique index or primary key violation: "PUBLIC.UK ON PUBLIC.PEOPLE(MAIL NULLS FIRST) VALUES ( /* 1 */ '#m' )"`,
    ['PUBLIC.UK'],
  ],
  ['H2 long', `Value too long for column "NAME CHARACTER VARYING(10)": "'#n' (24)"; SQL statement:`, ['NAME']],
  ['Derby', `A truncation error was encountered trying to shrink VARCHAR '#n' to length 5.`, ['length 5']],
  [
    'DuckDB',
    `Conversion Error: Could not convert string '#t' to INT32\nCSV Error on Line: 3\nOriginal Line: #d,#n,#m`,
    ['INT32', 'Line: 3'],
  ],
  [
    'ClickHouse',
    `Code: 27. DB::ParsingException: Cannot parse input: expected ',' before: '#t': (at row 3)\nRow 1:\nColumn 0,   name: id, type: UInt32, parsed text: "#d"`,
    ['Code: 27', 'name: id'],
  ],
  [
    'Snowflake',
    `Numeric value '#t' is not recognized\n  File 'a.csv', line 3, character 5\n  Row 3, column "PEOPLE"["AGE":2]`,
    ['a.csv', 'AGE'],
  ],
  [
    'BigQuery',
    `Error while reading data, error message: Could not parse '#t' as INT64 for field age (position 2) starting at location 1234 with message 'Unable to parse'`,
    ['field age', 'INT64'],
  ],
  ['Trino', `Cannot cast VARCHAR '#t' to bigint`, ['bigint']],
  ['CockroachDB', `pq: could not parse "#t" as type int: strconv.ParseInt: parsing "#t": invalid syntax`, ['type int']],
  [
    'Vertica',
    `COPY: Input record 2 has been rejected (Invalid integer format '#t' for column 2 (age)).`,
    ['record 2', 'column 2 (age)'],
  ],
  ['Polars', "could not parse `#t` as dtype `i64` at column 'age' (column number 2)", ["'age'", 'i64']],
  [
    'Spark',
    `org.apache.spark.SparkNumberFormatException: [CAST_INVALID_INPUT] The value '#t' of the type "STRING" cannot be cast to "INT"`,
    ['CAST_INVALID_INPUT'],
  ],
  [
    'Elasticsearch',
    `failed to parse field [age] of type [integer] in document with id '17'. Preview of field's value: '#t'`,
    ['[age]'],
  ],
  ['Neo4j', `in field: age:int:3 ... raw field value: #w original error: For input string: "#t"`, ['age:int:3']],
  [
    'Mongo validation',
    `Document failed validation { failingDocumentId: 1, details: { operatorName: '$jsonSchema', consideredValue: '#t' } }`,
    ['Document failed validation'],
  ],
  [
    'Mongo bulk',
    `writeErrors: [ { index: 0, code: 11000, errmsg: 'E11000', op: { _id: 4, name: '#n', mail: '#m' } } ]`,
    ['11000'],
  ],
  ['oplog', `applyOps failed: { op: "i", ns: "shop.people", o: { _id: 4, name: "#n" } }`, ['shop.people']],
  ['Redshift', `raw_line        | #d,#n,#m\nerr_code        | 1207`, ['1207']],
  // Messages between programs.
  [
    'Debezium',
    `{"before":{"id":4,"name":"#n"},"after":{"id":4,"name":"#k"},"source":{"table":"people"},"op":"u"}`,
    ['people'],
  ],
  [
    'Kafka record',
    `ConsumerRecord(topic = people, partition = 0, offset = 3, headers = RecordHeaders(headers = [], isReadOnly = false), key = 4, value = {"id":4,"note":"#t"})`,
    ['topic = people', 'offset = 3'],
  ],
  [
    'Connect struct',
    `SinkRecord{kafkaOffset=7} ConnectRecord{topic='people', kafkaPartition=0, key=4, value=Struct{id=4,name=#n,note=#t}}`,
    ["topic='people'"],
  ],
  [
    'Jackson',
    `JsonParseException: Unrecognized token '#w': was expecting (JSON String, Number)\n at [Source: (byte[])"#d,#n,#m"; line: 1, column: 6]`,
    ['line: 1, column: 6'],
  ],
  ['Node JSON', `SyntaxError: Unexpected token 'J', "#n,#d" is not valid JSON`, ['is not valid JSON']],
  [
    'GraphQL',
    `{"operationName":"AddPerson","variables":{"input":{"name":"#n","note":"#t"}},"errors":[{"message":"boom"}]}`,
    ['AddPerson', 'boom'],
  ],
  ['HTTP form', `POST /people failed, body=name=#u&mail=#m&note=#u`, ['/people']],
  ['curl', `curl -X POST https://a.example/x -d '{"name":"#n","note":"#t"}'`, ['https://a.example/x']],
  [
    'JSON fields',
    `{"level":"error","msg":"import failed","customer_name":"#n","email":"#m","phone":"#p"}`,
    ['import failed', 'customer_name'],
  ],
  ['logfmt', `level=error msg="import failed" customer_name=#w email=#m attempt=3`, ['import failed', 'attempt=3']],
  ['YAML', `  customer_name: #n\n  billing_address: #t\n  retries: 3`, ['retries: 3']],
  ['XML', `<row><fullName>#n</fullName><street>#t</street><id>4</id></row>`, ['<fullName>']],
  ['Korean', `오류: 고객 저장 실패 {"이름":"#k","연락처":"#p","주소":"#t"}`, ['고객 저장 실패', '이름']],
  ['Korean line', `이름: #k\n생년월일: 1988-03-04`, ['이름']],
  ['German', `Datensatz {"Vorname": "#w", "Nachname": "#w", "Straße": "#t"} abgelehnt`, ['abgelehnt']],
  ['CSV row', `rejected row: #d;#n;#m;2024`, ['rejected row']],
  ['bad record', `Malformed records are detected in record parsing: [#d,#n,#m]`, ['Malformed records']],
  // Said once as data, and once more in plain words.
  [
    'told again',
    `INSERT INTO people (name) VALUES ('#n');\nERROR: the person #n is there already`,
    ['is there already', 'people'],
  ],
  ['told again in JSON', `{"msg":"cannot save #n","params":["#n"]}`, ['cannot save']],
  ['secret told again', `DATABASE_PASSWORD=#s\nconnecting with #s failed`, ['connecting with', 'failed']],
  ['secret of an address, told again', `postgres://app:#s@db:5432/shop\nsent "#s" as password`, ['@db:5432/shop']],
  // Secrets.
  [
    'pgpass in JSON',
    `{"line":"db.internal:5432:orders:app:#s","msg":"cannot read .pgpass"}`,
    ['cannot read .pgpass', 'orders'],
  ],
  ['argv', `exec: ["pg_restore","--dbname=postgres://u:#s@h/d","--no-owner"]`, ['--no-owner']],
  ['header', `Authorization: Bearer #s`, ['Authorization']],
  ['basic', `> authorization: Basic #s`, ['authorization']],
  ['cookie', `Cookie: session=#s; theme=dark`, ['Cookie']],
  ['env', `PGPASSWORD=#s pg_restore -d shop x.dump`, ['pg_restore -d shop x.dump']],
  [
    'properties',
    `spring.datasource.password=#s\nspring.datasource.url=jdbc:postgresql://db/shop`,
    ['jdbc:postgresql://db/shop'],
  ],
  ['TOML', `[db]\npassword = "#s"\nhost = "db1"`, ['host = "db1"']],
  ['YAML secret', `db:\n  password: #s\n  host: db1`, ['host: db1']],
  ['XML secret', `<password>#s</password><host>db1</host>`, ['<host>db1</host>']],
  ['ADO', `Server=tcp:db1,1433;Database=shop;User Id=app;Password=#s;Encrypt=True`, ['Database=shop', 'Encrypt=True']],
  ['Korean secret', `비밀번호: #s`, ['비밀번호']],
  ['German secret', `Passwort="#s"`, ['Passwort']],
  ['jdbc', `jdbc:mysql://db/shop?user=app&password=#s&useSSL=false`, ['useSSL=false']],
]

const letter = (from: string) => fc.constantFrom(...from)
const small = fc.string({ unit: letter('bcdfgklmprstvz'), minLength: 2, maxLength: 4 })
/** Words that no message holds. */
const word = fc.tuple(letter('BDGKMRTVZ'), small, letter('aeiouy'), small).map(([a, b, c, d]) => `${a}${b}${c}x${d}q`)
const values: { readonly [mark: string]: fc.Arbitrary<string> } = {
  n: fc.tuple(word, word).map((two) => two.join(' ')),
  w: word,
  m: fc.tuple(word, word).map(([a, b]) => `${a.toLowerCase()}@${b.toLowerCase()}.example`),
  t: fc.tuple(word, fc.integer({ min: 10, max: 99 }), word).map(([a, b, c]) => `${a} ${b} ${c}`),
  u: fc.tuple(word, word).map((two) => two.join('+')),
  d: fc.integer({ min: 310_000_001, max: 399_999_999 }).map(String),
  p: fc.integer({ min: 1000, max: 9999 }).map((last) => `010-${last}-${last + 1 > 9999 ? 1234 : last + 1}`),
  k: fc.string({ unit: letter('갈궁듬롤뭅벌숲얌쥬촘킁텝펄흄'), minLength: 3, maxLength: 4 }),
  s: fc.tuple(word, fc.integer({ min: 1000, max: 9999 }), word).map(([a, b, c]) => `${a}_${b}!${c}`),
}

test.each(formats)('%s: data goes, and what it stands in stays', (tool, printed, kept) => {
  const marks = printed.split(/(#[nwmtudpks](?![\w#{<.]))/)
  const filled = fc
    .tuple(
      ...marks.map((part) =>
        /^#[nwmtudpks]$/.test(part) ? (values[part.slice(1)] as fc.Arbitrary<string>) : fc.constant(part),
      ),
    )
    // What is told again is the same value.
    .map((parts) =>
      tool.includes('told again') ? parts.map((_, index) => parts[marks.indexOf(marks[index] ?? '')] ?? '') : parts,
    )
  fc.assert(
    fc.property(filled, (parts) => {
      const shown = redact(parts.join(''))
      parts.forEach((part, index) => {
        if (/^#[nwmtudpks]$/.test(marks[index] ?? '')) expect(shown, parts.join('')).not.toContain(part)
      })
      for (const name of kept) expect(shown).toContain(name)
      expect(redact(shown)).toBe(shown)
    }),
    { numRuns: 12 },
  )
})
