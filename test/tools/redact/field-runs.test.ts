import { describe, expect, test } from 'vitest'
import { createRedactor } from '../../../src/tools/redact.ts'

const redact = createRedactor([])

/** A row or a key that is printed as fields with their names: `data` goes, `kept` stays. */
const runs: readonly (readonly [what: string, text: string, data: readonly string[], kept: readonly string[]])[] = [
  [
    'beside a phone number, in Korean',
    'ERROR 배치 저장 실패, 작성자=한서율 연락처=010-5521-8830',
    ['한서율', '5521'],
    ['배치 저장 실패, 작성자=', '연락처='],
  ],
  [
    'beside a phone number',
    'ERROR save failed, payer=Hong-Gil memo=late-fee phone=+82 10 1234 5678',
    ['Hong-Gil', 'late-fee', '1234'],
    ['save failed, payer='],
  ],
  [
    'behind a word for a row, in Spanish',
    "ERROR Fila en curso: codigo=C-4418; razon='Hermanos Quiñonero e Hijos'; nif=B-7715023K",
    ['C-4418', 'Quiñonero', '7715023'],
    ['Fila en curso: codigo=', 'razon='],
  ],
  [
    'behind a word for a row, in German',
    'ERROR Datensatz 12: kd_nr=K-5521; bezeichnung=Müller & Sohn; betrag=12,50',
    ['K-5521', 'Müller', 'Sohn', '12,50'],
    ['Datensatz 12: kd_nr='],
  ],
  ['in Korean', 'ERROR 현재 행: 코드=A-1123, 상호=한빛상사', ['A-1123', '한빛'], ['현재 행: 코드=']],
  ['in Japanese', '対象行: コード=A-1123, 名称=山田商店', ['A-1123', '山田'], ['対象行: コード=']],
  [
    'in English',
    'ERROR current row: sku=AB-99871, label=Blue Kettle Large',
    ['99871', 'Kettle'],
    ['current row: sku='],
  ],
  [
    "SQL Server's replication",
    "for Table '[dbo].[Stock]' with Primary Key(s): [StockId] = 90211",
    ['90211'],
    ["'[dbo].[Stock]' with Primary Key(s): [StockId] = "],
  ],
  [
    'a key of two columns',
    "with Primary Key(s): [StockId] = 90211, [Site] = N'Ulm Nord'",
    ['90211', 'Ulm'],
    ['[StockId] = ', '[Site] = '],
  ],
  [
    'AWS DMS',
    "Failed (retcode -1) to execute command #1 for table 'crm.contact' with PK id=70118  (bulk_apply.c:2601)",
    ['70118'],
    ["table 'crm.contact' with PK id=", '(bulk_apply.c:2601)'],
  ],
  [
    'a key, with more of the message behind it',
    'could not update row with key id=70118, region=EU-77 in table orders',
    ['70118', 'EU-77'],
    ['could not update row with key id=', 'in table orders'],
  ],
]

test.each(runs)('%s', (_, text, data, kept) => {
  const shown = redact(text)
  for (const one of data) expect(shown).not.toContain(one)
  for (const one of kept) expect(shown).toContain(one)
  expect(redact(shown)).toBe(shown)
})

test.each([
  'changeset author=nvoxland id=12',
  'record size=10240000, topic=orders, limit=1048576',
  'INFO row count=5, table=orders, elapsed=12s',
  'SELECT 1 FROM a WHERE a.key = b.key',
])('what is no row stays: %s', (text) => {
  expect(redact(text)).toBe(text)
})

test.each([
  'DataException: Invalid record at line 4211: 4211,Mio Sakaki,052-000-1188,Osaka',
  'Skipped row at record 7: 7;Mio Sakaki;Osaka',
  'Malformed line in record 9: 9|Mio Sakaki|Osaka',
])('a rejected row behind its place: %s', (text) => {
  expect(redact(text)).not.toMatch(/Sakaki|Osaka/)
})

describe('a value behind a word for it, in quotes at the end', () => {
  test.each([
    [
      'Binärdaten werden in Tabelle "a.dbo.t", Spalte "name" abgeschnitten. Abgeschnittener Wert: "Lizenz Maren Ostendorf (Laptop 4) ".',
      'Maren',
    ],
    ["seront tronquées dans la table 'b', colonne 'c'. Valeur tronquée : 'Rue de la Paix'.", 'Paix'],
    ["se truncarían en la tabla 'b', columna 'c'. Valor truncado: 'Calle Mayor 4, 2'.", 'Mayor'],
    ["테이블 'b', 열 'c'에서 잘립니다. 잘린 값: '서울시 강남구'.", '강남구'],
    ['将在表“b”的列“c”中截断字符串或二进制数据。截断值:“张三 北京”。', '张三'],
  ])('%s', (text, data) => {
    expect(redact(text)).not.toContain(data)
  })
})

describe('a whole argument in quotes, as a shell prints what it runs', () => {
  test.each([
    "+ mysql -h db -u admin '-pRiv3r!Tram77' crm < /dumps/crm.sql",
    '+ mysqldump -u admin "-pRiv3r!Tram77 x" crm',
    "+ sqlcmd -S s -U sa '-P' 'Riv3r!Tram77' -Q x",
    "+ app '-u' 'admin' '--password' 'Riv3r!Tram77' crm",
    "+ sshpass '-p' 'Riv3r!Tram77' ssh a@b",
  ])('%s', (text) => {
    expect(redact(text)).not.toContain('Riv3r')
    expect(redact(text)).not.toContain('Tram77')
  })
})
