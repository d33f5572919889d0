import { expect, test } from 'vitest'
import { analyseText } from '../../../src/logs/analyse.ts'

test.each<[string, Record<string, unknown>]>([
  // SQL Server in its languages: the object that is not there, or takes no second key.
  ["Msg 208, Level 16, State 1, Line 4\nInvalid object name 'arc.Old'.", { schema: 'arc', table: 'Old' }],
  [
    "Mens. 208, Nivel 16, Estado 1, Línea 4\nEl nombre de objeto 'GDDES.BI_Pagos' no es válido.",
    { schema: 'GDDES', table: 'BI_Pagos' },
  ],
  ['Meldung 208, Ebene 16, Status 1, Zeile 4\nUngültiger Objektname "dbo.Fahrer".', { schema: 'dbo', table: 'Fahrer' }],
  [
    "メッセージ 208、レベル 16、状態 1、行 4\nオブジェクト名 'dbo.Orders' が無効です。",
    { schema: 'dbo', table: 'Orders' },
  ],
  [
    "메시지 208, 수준 16, 상태 1, 줄 4\n개체 이름 'dbo.Orders'이(가) 잘못되었습니다.",
    { schema: 'dbo', table: 'Orders' },
  ],
  [
    'Meldung 2627, Ebene 14, Status 1, Zeile 31\nEin doppelter Schlüssel kann in das dbo.Fahrer-Objekt nicht eingefügt werden.',
    { schema: 'dbo', table: 'Fahrer' },
  ],
  [
    "Failed executing INSERT INTO [arc].[New] SELECT * FROM [dbo].[Old]; SqlException: Invalid object name 'dbo.Old'.",
    { schema: 'dbo', table: 'Old' },
  ],
  ["ERROR: Could not update Table '[dbo].[Stock]': the row was not found", { schema: 'dbo', table: 'Stock' }],
  // psql where it prints all fields.
  [
    '오류:  23505: 중복된 키 값이 "uq" 고유 제약 조건을 위반함\nSCHEMA NAME:  lab\nTABLE NAME:  enrollments\nCONSTRAINT NAME:  uq',
    { schema: 'lab', table: 'enrollments', constraint: 'uq' },
  ],
  [
    'FEHLER:  23502: NULL-Wert verletzt Not-Null-Constraint\nTABELLENNAME:  kunden\nSPALTENNAME:  plz',
    { table: 'kunden', column: 'plz' },
  ],
  // A table with its schema, unquoted.
  ['ORA-01653: unable to extend table DW.FACT_SALES by 8192 in tablespace DW_DATA', { table: 'FACT_SALES' }],
  ['ORA-01653: 表 MMSG.TMP_RESULT 无法通过 8 (在表空间 MMSG 中) 扩展', { schema: 'MMSG', table: 'TMP_RESULT' }],
  ['ORA-01653: 表 APP.LEDGER を拡張できません', { schema: 'APP', table: 'LEDGER' }],
  [
    '** (myloader:14957): CRITICAL **: Error restoring sakila.rental from file sakila.rental.1.sql: Lock wait timeout exceeded',
    { schema: 'sakila', table: 'rental' },
  ],
  ['ERROR: Error importing `shop`.`orders`: Lock wait timeout exceeded', { schema: 'shop', table: 'orders' }],
  // A column by its name alone.
  ['DB::Exception: Wrong column name. Cannot find column spans.value to insert after.', { column: 'spans.value' }],
  ["ERROR: Missing columns: 'kept_at' while processing query", { column: 'kept_at' }],
  ['ERROR: SQL compilation error: invalid identifier \'"_meta"\'', { column: '_meta' }],
  ["ERROR: SQL compilation error: invalid identifier 'O.KEPT_AT'", { column: 'KEPT_AT' }],
  [
    'ERROR OGG-01163 Bad column length (40) specified for column EMAIL in table CRM.CONTACT.',
    { schema: 'CRM', table: 'CONTACT', column: 'EMAIL' },
  ],
  [
    "error message: Could not parse 'x' as DATE for field\nsignup_date (position 4) starting at location 8",
    { column: 'signup_date' },
  ],
])('%#: %s', (text, place) => {
  expect(analyseText(`SET\n${text}\nSET\n`).root?.place).toMatchObject(place)
})
