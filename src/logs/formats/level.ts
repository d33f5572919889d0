import type { Level } from '../analysis.ts'

const words: { readonly [word: string]: Level } = {
  ...all(
    'fatal',
    'fatal ftl pnc panic emerg emergency alert crit critical kaboom f 致命错误 致命的エラー 치명적오류 fatale fatal_error',
  ),
  ...all(
    'error',
    'error err eror e severe failed failure fail 错误 エラー 오류 fehler erreur erro errore ошибка błąd hata fel chyba hiba помилка 錯誤',
  ),
  ...all(
    'warn',
    'warn warning wrn w 警告 경고 warnung attention aviso avviso предупреждение ostrzeżenie uyari varning varování попередження',
  ),
  ...all('info', 'info inf i information informational notice note log config n ok success status ログ 로그 日志'),
  ...all(
    'debug',
    'debug dbg dbug vrb trc trce d debug1 debug2 debug3 debug4 debug5 trace t verbose v fine finer finest',
  ),
}

/** The level that a word or a number of a log stands for; null for other words. Numbers as bunyan and pino use them. */
export function readLevel(word: string): Level | null {
  const number = Number(word)
  if (word !== '' && Number.isInteger(number))
    return number >= 60 ? 'fatal' : number >= 50 ? 'error' : number >= 40 ? 'warn' : number >= 30 ? 'info' : 'debug'
  return words[word.toLowerCase()] ?? (/^\w{1,40}Warning$/.test(word) ? 'warn' : null)
}

function all(level: Level, list: string): Record<string, Level> {
  return Object.fromEntries(list.split(' ').map((word) => [word, level]))
}
