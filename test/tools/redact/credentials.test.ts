import { describe, expect, test } from 'vitest'
import { createRedactor } from '../../../src/tools/redact.ts'

const redact = createRedactor([], { rowData: 'shown' })
const secret = 'hunter2x9'

const names = [
  'password',
  'DB_PASS',
  'pass',
  'pw',
  'db.pw',
  'dbPwd',
  'userPw',
  'SECRET_ACCESS_KEY',
  'encryption_key',
  'client_secret',
  'api-key',
  'salt',
  '비밀번호',
  '암호',
  'Passwort',
  'пароль',
  '密码',
  'パスワード',
]

const forms: Readonly<Record<string, (name: string) => string>> = {
  env: (name) => `${name}=${secret}`,
  'export in a shell': (name) => `export ${name}="${secret}"`,
  yaml: (name) => `db:\n  ${name}: ${secret}\n  host: x`,
  'a yaml block': (name) => `db:\n  ${name}: |\n    ${secret}\n    more-${secret}\n  host: x`,
  json: (name) => `{"${name}": "${secret}", "host": "x"}`,
  'json in json': (name) => `{"a":"{\\"${name}\\":\\"${secret}\\"}"}`,
  'an element of XML': (name) => `<${name}>${secret}</${name}>`,
  'an attribute of XML': (name) => `<db ${name}="${secret}" host="x"/>`,
  'a key of .NET': (name) => `<add key="${name}" value="${secret}" />`,
  'a property of Spring': (name) => `<property name="${name}">\n  <value>${secret}</value>\n</property>`,
  'a property of Hadoop': (name) => `<name>${name}</name>\n<value>${secret}</value>`,
  ini: (name) => `${name} = ${secret} and blanks`,
  ruby: (name) => `{:${name}=>"${secret}"}`,
  'a pair of Kubernetes': (name) => `- name: ${name}\n  value: ${secret}`,
  argv: (name) => `tool --${name} ${secret} --verbose`,
  sql: (name) => `COPY t FROM 's3://b' ${name} '${secret}' GZIP`,
}

describe.each(Object.entries(forms))('a credential as %s goes', (_, write) => {
  test.each(names)('%s', (name) => {
    expect(redact(write(name))).not.toContain(secret)
    expect(redact(redact(write(name)))).toBe(redact(write(name)))
    expect(redact(write(name)).split('\n')).toHaveLength(write(name).split('\n').length)
  })
})

test.each([
  `ALTER USER shop IDENTIFIED BY "${secret}"`,
  `CREATE USER a IDENTIFIED WITH mysql_native_password AS '${secret}'`,
  `curl -s -u app:${secret} https://x`,
  `sqlcmd -S db1 -U sa -P ${secret} -i x.sql`,
  `bcp t in f -U sa -P${secret}`,
  `sqlplus -s shop/${secret}`,
  `sqlldr userid=shop/${secret} control=x.ctl`,
  `requirepass ${secret}`,
  `password=$${secret}`,
  `password: {{ user }}-${secret}`,
  `redis-cli -a ${secret} ping`,
  `sshpass -p ${secret} ssh x`,
  `Host=db1;Password=${secret};more${secret};Database=shop`,
  `db1:5432:shop:app:${secret}`,
  `private_key: |\n  MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj\n  ${secret}`,
])('%s', (text) => {
  expect(redact(text)).not.toContain(secret)
})

test.each([
  'Done. PASS=5 WARN=0 ERROR=1 SKIP=2 TOTAL=8',
  '--- PASS: TestOrders (0.00s)',
  'password: {{ vault.password }}',
  'primary_key: id',
  'bypass: true',
  'pass_rate: 0.98',
  'token_count: 5',
  'password_file: /run/secrets/db',
  'FATAL:  password authentication failed for user "app"',
  'secretName: tls',
])('is no credential: %s', (text) => {
  expect(redact(text)).toBe(text)
})
