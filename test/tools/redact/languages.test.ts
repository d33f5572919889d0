import { expect, test } from 'vitest'
import { chinese } from '../../../src/logs/languages/messages/chinese.ts'
import { french } from '../../../src/logs/languages/messages/french.ts'
import { german } from '../../../src/logs/languages/messages/german.ts'
import { italian } from '../../../src/logs/languages/messages/italian.ts'
import { japanese } from '../../../src/logs/languages/messages/japanese.ts'
import { korean } from '../../../src/logs/languages/messages/korean.ts'
import { russian } from '../../../src/logs/languages/messages/russian.ts'
import { spanish } from '../../../src/logs/languages/messages/spanish.ts'
import { createRedactor } from '../../../src/tools/redact.ts'

const redact = createRedactor(['a secret of the tests'])

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
  // Of PostgreSQL's catalogues for languages that the analysis does not read.
  ['tr', 'ERROR:  "Ayşe Yılmaz"  yerinde söz dizim hatası', 'Yılmaz', 'söz dizim'],
  ['zh_TW', 'ERROR:  在 "王小明" 或其附近發生 語法錯誤', '王小明', '語法錯誤'],
  ['pt', 'ERRO:  o valor "99887766" está fora do intervalo para o tipo de dados smallint', '99887766', 'smallint'],
  ['pl', 'BŁĄD:  wartość "99887766" jest poza zakresem dla typu smallint', '99887766', 'smallint'],
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

/** A message with a mark for each argument, so that it can be told which of them are hidden. */
function fill(format: string, english: string): string {
  let next = 0
  return format.replace(/%(?:(\d)\$)?(?:l{0,2}|z|h{0,2})([sdumi])/g, (_whole, place: string | undefined, kind) => {
    next += 1
    const number = Number(place ?? next)
    if (/[du]/.test(kind)) return String(40 + number)
    if (english.startsWith('Failing row')) return `(17, Kim Zqx${number}, null)`
    return english.startsWith('Key %s') ? `(name)=(Kim Zqx${number})` : `Kim Zqx${number}`
  })
}

const find = (text: string) => [...new Set(text.match(/Zqx\d/g))].sort().join()
const catalogues = { chinese, french, german, italian, japanese, korean, russian, spanish }

test.each(Object.entries(catalogues))(
  "PostgreSQL's messages in %s hide what the English ones hide",
  (_name, { messages }) => {
    const pairs = messages.split('\n').flatMap((line) => {
      const [english = '', local = ''] = line.split(' | ')
      const [said, same] = [fill(english, english), fill(local, english)]
      // A message of several lines stands there with its first one.
      return local === '' || find(said) !== find(same) ? [] : [{ english, said, same }]
    })
    const head = '2026-03-01 02:00:00 UTC [7] ERROR:  '
    const differ = pairs.filter(({ said, same }) => find(redact(head + said)) !== find(redact(head + same)))
    expect(pairs.length).toBeGreaterThan(100)
    expect(differ.map(({ english }) => english)).toEqual([])
  },
)
