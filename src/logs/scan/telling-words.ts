import { localWords } from '../languages/catalogue.ts'

/**
 * What a line must hold, in either case, to be looked at more closely. Lines that say that all is well are most of a
 * log: this one test decides how fast a log is read. As bytes: words of other languages stand as UTF-8 read as latin1.
 */
export const tellingWords: readonly string[] = [
  ...(
    'error|errno|err |err:|err]|ftl]|fata[|erro[|err"|]e: |]w: |err!|fatal|fail|exception|panic|critical|severe|warn|kaboom|denied|refused|invalid|abort' +
    "|cannot|can't|could not|nable to|not exist|n't exist|exists|not found|no such|killed|reject|timed out|timeout|violat|deadlock" +
    '|duplicate|traceback|sqlstate|sql state|msg |corrupt|not enough|exceed|nsupported|not supported|no space|out of ' +
    '|exhaust|segfault|segmentation|truncat|address already|terminated by|ora-|kup-|sp2-|imp-0|exp-0|ude-0|udi-0|tns-|pls-' +
    '|sql*loader-|caused by|throttl|unknown|mismatch|missing|rolled back|rollback|lost connection|disconnect|interrupt' +
    '|not a valid|must be|must have|not allowed|forbidden|unauthori|unreachable|unexpected|overflow|incompatible|stopped' +
    '|is not |does not|locked|conflict|unrecogni|sql0'
  ).split('|'),
  // Of other languages those that the catalogues have, and a few of programs that have none here.
  ...[...localWords]
    .flatMap(([word, english]) =>
      /^(?:ERROR|FATAL|PANIC|WARNING|error|warning)$/.test(english) && Buffer.byteLength(word) > 3 ? [word] : [],
    )
    .concat([
      'Erro:',
      'Błąd',
      'Hata',
      'BŁĄD',
      'ПОМИЛКА',
      '錯誤',
      'Fel:',
      'Ошибка',
      'エラー',
      '错误',
      '오류',
      '실패',
      '失敗',
      '失败',
      '致命',
      '치명적',
      'メッセージ ',
      '메시지 ',
      '消息 ',
      '訊息 ',
      'Meldung ',
      'Mens. ',
      'Mensaje ',
      'Messaggio ',
      'Mensagem ',
      'Meddelande ',
      'Komunikat ',
      'İleti ',
      'Сообщение ',
    ])
    .map((word) => Buffer.from(word, 'utf8').toString('latin1')),
]
