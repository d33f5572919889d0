import { expect, test } from 'vitest'
import { createRedactor } from '../../../src/tools/redact.ts'

const redact = createRedactor([])

/** A row or a value as a tool prints it, with `Mio Sakaki` and `Osaka` in it; `kept` stays. */
test.each<[tool: string, text: string, kept: readonly string[]]>([
  [
    'Scala',
    'scala.MatchError: [7,Mio Sakaki,Osaka] (of class org.apache.spark.sql.Row)',
    ['MatchError: [', '(of class'],
  ],
  ['Scala, of a pair', 'scala.MatchError: (Mio Sakaki,Osaka) (of class scala.Tuple2)', ['(of class scala.Tuple2)']],
  ['Informatica', 'Error data: (D:Mio Sakaki), (N:)', ['Error data: ']],
  ['Informatica in a row', 'Row # 12: (D:Mio Sakaki), (D:Osaka), (N:)', ['Row # 12: (D:']],
  [
    'Django',
    'Could not load shop.Customer(pk=Mio Sakaki): value too long for type',
    ['Customer(pk=', 'value too long'],
  ],
  ['BigQuery', 'Bad character (ASCII 0) encountered. Field: name; Value: Mio Sakaki', ['Field: name; Value: ']],
  ['PostgreSQL', 'CONTEXT:  JSON data, line 1: {"name": "Mio Sakaki",...', ['JSON data, line 1: ']],
  ['PostgreSQL, cut', 'CONTEXT:  JSON data, line 1: ...ame": "Mio Sakaki}', ['JSON data, line 1: ']],
  ['PostgreSQL in Spanish', 'CONTEXTO:  Datos JSON, línea 1: {"name": Mio Sakaki...', ['Datos JSON, línea 1: ']],
  ["MySQL's driver", "java.sql.SQLException: Invalid value for getInt() - 'Mio Sakaki'", ['getInt() - ']],
  [
    'Spring',
    "on field 'age': rejected value [Mio Sakaki]; codes [typeMismatch]",
    ['rejected value [', '; codes [typeMismatch]'],
  ],
  ['Kettle', 'non-numeric character found at position 1 for value [Mio Sakaki]', ['for value [']],
  [
    "Java's collectors",
    'Duplicate key 7 (attempted merging values Mio Sakaki and Osaka)',
    ['(attempted merging values '],
  ],
  ['PHP', "#0 /app/src/Import.php(12): App\\Importer->save('Mio Sakaki', 'Osaka', 7)", ["Importer->save('"]],
  ['PHP of a function', "#12 /app/x.php(3): insertRow(Array, 'Mio Sakaki')", ['insertRow(Array, ']],
  ['loguru', "    │    │   └ 'Mio Sakaki'\n    │    └ {'name': 'Mio Sakaki', 'city': 'Osaka'}", ['└ ']],
  [
    'GoldenGate',
    'Mapping problem with insert record (target format)...\n*\nID = 7\nNAME = Mio Sakaki\nCITY = Osaka\n*\nReading on',
    ['NAME = ', 'CITY = ', 'Reading on'],
  ],
  ['Hive', 'Hive Runtime Error while processing row {"id":7,"name":"Mio Sakaki"}', ['while processing row ']],
  ['Hive of a text', 'Hive Runtime Error while processing writable 7,Mio Sakaki,Osaka', ['writable ']],
  ['Sqoop', 'ERROR mapreduce.TextExportMapper: On input: 7,Mio Sakaki,Osaka', ['On input: ']],
  ['Salesforce', 'Name: data value too large: Mio Sakaki of Osaka (max length=10)', ['(max length=10)']],
  ['a loader', 'row 7: 7;Mio Sakaki;Osaka', ['row 7: ']],
  ['a loader with brackets', 'ERROR import failed for row #12 (Mio Sakaki;Osaka;7)', ['for row #12 (']],
  ['a validator', 'Invalid value for field age: Mio Sakaki', ['Invalid value for field age: ']],
  ['prose', 'ORA-20001: customer Mio Sakaki has no address', ['customer ', ' has no address']],
])('%s', (_, text, kept) => {
  const shown = redact(text)
  expect(shown).not.toMatch(/Sakaki|Osaka/)
  for (const one of kept) expect(shown).toContain(one)
  expect(redact(shown)).toBe(shown)
  expect(shown.split('\n')).toHaveLength(text.split('\n').length)
})

test.each([
  "#0 /app/vendor/laravel/src/Connection.php(712): Illuminate\\Database\\Connection->runQueryCallback('select * from a', Array, Object(Closure))",
  "#3 /app/x.php(3): require_once('/app/vendor/auto...')",
  'Invalid value for field age: must be a number',
  'row 7: ERROR; expected 3; found 4',
  'rejected value [null]; codes [NotNull.customer.name]',
  'Client Connection Failed',
  'while processing row 7 of 10',
])('what is no row stays: %s', (text) => {
  expect(redact(text)).toBe(text)
})

test.each([
  'expdp system/"s3cr3tHunter"@ORCL full=y',
  'vault kv put secret/x value=s3cr3tHunter',
  'aws configure set aws_secret_access_key s3cr3tHunterABC',
  "SET PASSWORD FOR 'a'@'%' = PASSWORD('s3cr3tHunter')",
  'openssl enc -d -k s3cr3tHunter -in x',
  'az sql db import -p s3cr3tHunter -u sa',
  'dtexec /Set \\Package.Variables[Pwd];s3cr3tHunter',
  '$ isql DSN sa s3cr3tHunter',
  '.LOGON host/user,s3cr3tHunter;',
  'beeline -u jdbc:hive2://h -n a -p s3cr3tHunter',
  'password: !vault s3cr3tHunter',
  "echo 's3cr3tHunter' | kinit a",
  'echo s3cr3tHunter | docker login -u a --password-stdin',
  'kinit -V a <<< s3cr3tHunter',
])('what is handed to a program goes: %s', (text) => {
  expect(redact(text)).not.toContain('s3cr3tHunter')
})
