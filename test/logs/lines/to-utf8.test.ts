import { encode } from 'iconv-lite'
import { expect, test } from 'vitest'
import { createUtf8Stage } from '../../../src/logs/lines/to-utf8.ts'

function read(bytes: Buffer, size = bytes.length) {
  const stage = createUtf8Stage()
  const parts: Buffer[] = []
  for (let from = 0; from < bytes.length; from += size)
    for (const part of stage.push(bytes.subarray(from, from + size))) parts.push(Buffer.from(part))
  parts.push(...stage.end())
  return { text: Buffer.concat(parts).toString('utf8'), encodings: stage.encodings(), unread: stage.unread() }
}

const ascii = '2026-03-01 02:10:07 INFO loaded 500 rows\n'

test.each([
  ['cp949', '2026-03-01 02:10:07 오류: "고객" 이름의 릴레이션(relation)이 없습니다 똠방각하\n'],
  ['windows-1252', '2026-03-01 02:10:07 FEHLER: ungültige Eingabesyntax für Typ integer: »Müller«\n'],
  ['windows-1252', 'ERREUR:  la relation « clients » n’existe pas\n'],
  ['koi8-u', '2026-03-01 02:10:07 ОШИБКА: отношение "orders" не существует\n'],
  ['iso-8859-5', '2026-03-01 02:10:07 ОШИБКА: отношение "orders" не существует\n'],
  ['maccyrillic', '2026-03-01 02:10:07 ОШИБКА: не удалось подключиться к серверу\n'],
  ['windows-1251', '2026-03-01 02:10:07 ОШИБКА: отношение "orders" не существует\n'],
  ['cp866', 'ОШИБКА: отношение "orders" не существует\n'],
  ['shift_jis', 'エラー: リレーション"orders"は存在しません\n'],
  ['euc-jp', 'エラー: リレーション"orders"は存在しません\n'],
  ['gb18030', '错误: 关系 "orders" 不存在\n'],
])('a log in %s says what it says in UTF-8', (encoding, line) => {
  const found = read(Buffer.concat([Buffer.from(ascii), encode(line, encoding), Buffer.from(ascii)]))
  expect(found).toEqual({ text: ascii + line + ascii, encodings: [encoding], unread: 0 })
})

test.each(['shift_jis', 'euc-jp'])('after lines in %s one of Chinese characters alone is of the same', (encoding) => {
  const lines = '夜間取込ジョブ開始\n7,榊原 美緒,名古屋市\n山田 太郎\n'
  expect(read(encode(lines, encoding))).toEqual({ text: lines, encodings: [encoding], unread: 0 })
})

test.each(['utf-16le', 'utf-16be'] as const)('%s is read with and without its mark, however it is cut', (encoding) => {
  const text = `${ascii}psql:load.sql:51: 오류:  "orders" 이름의 릴레이션(relation)이 없습니다\n`
  for (const mark of [true, false])
    for (const size of [1, 3, 1000]) {
      const found = read(encode(text, encoding, { addBOM: mark }), size)
      if (!mark && size < 1000) continue
      expect(found).toMatchObject({ text, unread: 0 })
    }
})

test('UTF-8 passes as it is, cut within a character or not, and without its mark', () => {
  const text = `\ufeff${ascii}고객 테이블\nno newline 끝`
  for (const size of [1, 2, 3, 7, 1000])
    expect(read(Buffer.from(text), size)).toEqual({
      text: text.slice(1),
      encodings: [],
      unread: 0,
    })
})

test('lines in no encoding that is known are counted', () => {
  const noise = Buffer.from([0x81, 0x20, 0xff, 0x20, 0x8d, 0x9d, 0x20, 0xa0, 0x0a])
  const found = read(Buffer.concat([Buffer.from(ascii), noise, noise]))
  expect(found).toMatchObject({ encodings: [], unread: 2 })
  expect(found.text.startsWith(ascii)).toBe(true)
})
