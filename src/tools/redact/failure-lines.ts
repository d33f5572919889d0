const level = 'ERROR|FATAL|PANIC|SEVERE|CRITICAL|WARN|WARNING'
/** In front of a level or a code: a program, a file with a line. */
const by = String.raw`(?:[\w./\\:-]{1,80}: ?){0,2}`

/** How a line begins that carries a level or a code of an error, or a part of such a message. */
const forms: readonly RegExp[] = [
  new RegExp(String.raw`^${by}\[?(?:${level})\]?(?:[:\s]|$)`),
  // A time, who wrote it, and the level.
  new RegExp(
    String.raw`^\[?\d[\d:.,TZ /+-]{6,40}[^\w,;|]{0,4}(?:[\w.:-]{1,60} |[[(][^\])\n]{1,60}[\])] ?){0,2}\[?(?:${level})\b`,
  ),
  /^(?:[\w./-]{1,40}: )?(?:[Ee]rror|[Ff]atal|[Ww]arning)(?: (?:[a-z][\w/.-]{0,120}|\([\w ]{1,40}\))){0,5}: /,
  // PostgreSQL's labels in its languages have two blanks behind their colon.
  new RegExp(String.raw`^${by}(?:\p{Lu}{3,16}|[\uac00-\ud7af]{2,8}|[\u3040-\u30ff\u4e00-\u9fff]{2,8}): {2}\S`, 'u'),
  /^(?:LINE|ZEILE|LÍNEA|LIGNE|RIGA|LINHA|СТРОКА|줄|行) ?\d{1,9} ?: /u,
  // SQL Server's `Msg 208, Level 16, State 1`, in its languages.
  /^\p{L}{2,12} \d{1,6}[,、] ?\p{L}{2,10} \d{1,2}[,、] ?\p{L}{2,10} \d{1,3}(?![\d;])/u,
  new RegExp(String.raw`^${by}(?:[A-Z][A-Z\d]{1,5}-\d{4,6}|SQL\d{4,5}[NWC])\b:?`),
  /\bSQLSTATE[[=: ]/,
  /^(?:Caused by: |Exception in thread "[^"\n]{1,80}" )?(?:[a-z]\w{0,40}\.){1,10}[A-Z]\w{0,80}(?:Exception|Error|Fault)\b/,
  /^(?:Caused by: )?[A-Z]\w{0,80}(?:Exception|Error)(?::|$)/,
  /^\s+at [\w.$/<>[\]`, ]{1,200}\(|^ {2}File "[^"\n]{1,200}", line \d|^Traceback \(/,
  // What pg_upgrade says of a library: PostgreSQL's message, and where.
  /^[^,;|\t\n]{1,300}: (?:ERROR|FATAL): {2}\S|^In database: \S{1,63}$/,
  // What bcp says of a row that it left out.
  /^#@ Row /,
]

/** Whether a line says by its form that it is one of an error: what it quotes is hidden like anywhere else. */
export function tellsFailure(line: string): boolean {
  return forms.some((form) => form.test(line))
}

/** SQL Server says on a line of its own which error it is, and on the next one what. */
export function announcesFailure(line: string): boolean {
  return /^\p{L}{2,12} \d{1,6}[,、] ?\p{L}{2,10} \d{1,2}[,、] ?\p{L}{2,10} \d{1,3}(?![\d;])/u.test(line)
}
