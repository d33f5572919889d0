import { expect, test } from 'vitest'
import { createRedactor } from '../../../src/tools/redact.ts'

const redact = createRedactor([])

/** What programs of people's own print of a row: no form of a tool, but of a language, a list, a courtesy. */
test.each<[text: string, data: RegExp, kept: string]>([
  ['DEBUG: failed bulk head: 612\tQuintijn van Beverwijk\t+31 20 555 0142', /Quintijn/, 'failed bulk head: '],
  ['7|Juan Pérez|Lugo|juan@example.org', /Pérez/, '7|'],
  ['$ sed -n 9p /load/a.del\n9,"Pérez, Juan","Lugo"', /Pérez|Lugo/, '9p /load/a.del'],
  ['ann@h:~$ grep -n x a.tsv\n3:Juan Pérez\tLugo\nann@h:~$ ', /Pérez|Lugo/, '\n3:'],
  ['PS C:\\m> Get-Content .\\a.csv | Select -First 1\nPérez;Lugo', /^$/, 'PS C:'],
  ['C:\\m> findstr /N "P" a.csv\n318:Pérez,Lugo', /Pérez/, '318:'],
  ['$ tail -n 1 run.log\nERROR: relation "orders" does not exist', /^$/, 'relation "orders" does not exist'],
  ['$ sed -n 3p a.csv\nsed: a.csv: No such file or directory', /^$/, 'No such file'],
  ['PS C:\\m> $env:PGPASSWORD\nTrv71!Reef', /Trv71/, 'PGPASSWORD'],
  ['$ cat ~/.pgpass\ndb:5432:*:app:Trv71!Reef', /Trv71/, '.pgpass'],
  ['Step 2/4 -- Setting up admin user ( admin / Thimble-9-Reef )', /Thimble/, 'admin / '],
  ["ValidationError: ['“31/02/1980” value has an invalid date format.']", /1980/, 'value has an invalid date'],
  ["(clinic.patient) field_value was '31/02/1980'", /1980/, 'field_value was '],
  ["ORA-02372: 行: MEI : 0X'B6CCDEBCB7'のデータ", /B6CC/, '行: MEI : '],
  ["ORA-02372: data for row: NAME : 0X'416E6E61'", /416E/, 'data for row: '],
  ["Error: \"1062 Duplicate entry 'Juan Pérez' for key 'name'\"", /Pérez/, '1062 Duplicate entry'],
  ['Error: "Juan Pérez"', /Pérez/, 'Error: '],
  ["The sp_configure value 'contained database authentication' must be 1", /^$/, 'contained database authentication'],
  ['SQLException: Error #1204 while loading: "String length exceeds DDL length"', /^$/, 'exceeds DDL length'],
  ['ERROR procesando id=4418 nombre=Juan Pérez ciudad=Lugo', /Pérez|Juan/, 'procesando id='],
  ['ERROR cliente Juan Pérez rechazado', /Pérez/, 'rechazado'],
  ['Erreur client Jean Dupont: ligne rejetée', /Dupont/, 'ligne rejetée'],
  ["FEHLER: Kunde 'Anna Müller' (Nr. 4711) abgelehnt", /Müller/, 'abgelehnt'],
  ['오류: 고객 김민수(010-1234-5678) 이관 실패', /김민수/, '이관 실패'],
  ['오류: 성명: 김민수, 전화: 010-1234-5678', /김민수/, '성명: '],
  ['错误: 客户张三，手机 13812345678 导入失败', /张三/, '导入失败'],
  ['エラー: 顧客 山田太郎 様 の登録に失敗', /山田/, 'の登録に失敗'],
  ['エラー: 氏名：山田 太郎、電話：090-1234-5678', /山田/, '氏名：'],
  ['ERROR Zeile 12 verworfen: 4711;Anna Müller;Köln', /Müller|Köln/, 'Zeile 12 verworfen: '],
  ['Fila 12 rechazada: 4711|Juan Pérez|Lugo', /Pérez|Lugo/, 'Fila 12 rechazada: '],
  ['3행 실패: 7,김민수,서울', /김민수|서울/, '3행 실패: '],
  ['第3行 失败: 7,张三,北京', /张三|北京/, '第3行 失败: '],
  ['Source row: 7, Juan Pérez, Lugo', /Pérez|Lugo/, 'Source row: '],
  ['Source record = 7^Juan Pérez^Lugo', /Pérez|Lugo/, 'Source record = '],
  ['input: "7,Juan Pérez,Lugo"', /Pérez|Lugo/, 'input: '],
  ["ERROR: could not insert (7, 'Juan Pérez', 'Lugo')", /Pérez|Lugo/, 'could not insert ('],
  ['Data: [7, Juan Pérez, Lugo]', /Pérez|Lugo/, 'Data: ['],
  ['old=Juan Pérez new=Juana Pérez', /Pérez/, 'old='],
  ["Ungültiger Wert 'Anna Müller' in Spalte name", /Müller/, 'in Spalte name'],
  ["valor no válido 'Juan Pérez' en la columna nombre", /Pérez/, 'en la columna nombre'],
  ["값 '김민수'이(가) 너무 깁니다", /김민수/, '너무 깁니다'],
  ['expected INT, got "Juan Pérez"', /Pérez/, 'expected INT, got '],
])('%s', (text, data, kept) => {
  const shown = redact(text)
  expect(shown).not.toMatch(data)
  expect(shown).toContain(kept)
  expect(redact(shown)).toBe(shown)
})

test.each([
  '고객 테이블 이관 실패',
  '고객 정보 (3건) 이관',
  '客户 表, 12 行',
  'お客様情報の移行',
  'rows: 10 | errors: 0 | skipped: 2',
  'line 12: SELECT a; SELECT b; SELECT c',
  'CSV header line: id,name,city',
  'Source row count: 10, 20, 30',
  'Kunde wurde nicht gefunden',
  'cliente: tabla no encontrada',
  'expected number, got "string"',
  'data: /a/b;/c/d;/e/f',
])('what is no row stays: %s', (text) => {
  expect(redact(text)).toBe(text)
})
