import { expect, test } from 'vitest'
import { redactLocal } from '../../../src/logs/port/redact-local.ts'
import { createRedactor } from '../../../src/tools/redact.ts'

const redact = redactLocal(createRedactor(['a secret of the tests']))

test.each([
  ['ko', '2026-03-01 02:00:00 KST [7] 상세정보:  실패한 자료: (17, 박지연, null)', '박지연', '상세정보'],
  ['ko', "2026-03-01 02:00:00 KST [7] 명령 구문:  INSERT INTO customers VALUES (1, '김민수')", '김민수', '명령 구문'],
  ['ja', '2026-03-01 02:00:00 JST [7] 詳細:  失敗した行は(17, 山田太郎, null)を含みます', '山田太郎', '詳細'],
  ['de', 'FEHLER:  ungültige Eingabesyntax für Typ integer: »Hans Meier«', 'Hans Meier', 'ungültige Eingabesyntax'],
  ['fr', 'ERREUR:  syntaxe en entrée invalide pour le type integer : « Jean Dupont »', 'Jean Dupont', 'ERREUR'],
  ['es', '2026-03-01 02:00:00 CET [7] DETALLE:  Ya existe la llave (nombre)=(Juan Pérez).', 'Juan Pérez', 'nombre'],
  ['ru', 'ПОДРОБНОСТИ:  Ошибочная строка содержит (17, Иван Петров, null).', 'Иван', 'ПОДРОБНОСТИ'],
  ['it', '  Dettaglio: La chiave (email)=(anna bianchi) esiste già.', 'anna bianchi', 'email'],
  ['zh', '2026-03-01 02:00:00 CST [7] 错误:  无效的类型 integer 输入语法: "王小明 北京"', '王小明', 'integer'],
])('%s: row data of «%s» is hidden and its message stays', (_language, line, hidden, kept) => {
  const shown = redact(line)
  expect(shown).not.toContain(hidden)
  expect(shown).toContain(kept)
})

test('a short value is hidden where it stands as one, and the time stays', () => {
  const shown = redact('2026-03-07 07:07:07 KST [7] 상세정보:  (id)=(7) 키가 이미 있습니다.')
  expect(shown).toContain('2026-03-07 07:07:07')
  expect(shown).not.toContain('(7)')
})

test('lines that tell no row are left as they are', () => {
  const line = '2026-03-01 02:00:00 KST [7] 오류:  "orders" 이름의 릴레이션(relation)이 없습니다'
  expect(redact(line)).toBe(line)
})
