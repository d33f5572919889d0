/** What stands before a command that somebody typed, or that a shell traced. */
export interface Prompt {
  /** Who typed it, or the sign of a prompt that has nothing else. */
  readonly who: string
  /** Nothing but a prompt looks like it, so a row of a file cannot. */
  readonly isSure: boolean
  readonly command: string
}

/** The prompt of `user@host`; group 2 says where. */
const named =
  /^(?:\([^()\n]{1,40}\) )?([\w.-]{1,64}@[\w.-]{1,64})((?:[: ][^\n$#%>,;|\t]{0,120})?)(?<!\d)[$#%>](?: (?=\S)|\s*$)/
/** Nobody writes a row so: by form or by a path. */
const sure = [
  String.raw`\[[^\]\n]{1,120}\][$#] ?`,
  String.raw`(?:bash|sh|zsh|ksh)(?:-[\d.]{1,8})?[$#%] `,
  String.raw`[~/][^\s$#%>,;|]{0,120} ?[$#%>] `,
  String.raw`[\w.-]{1,60}:[~/\w][^\s,;|]{0,60} [\w.-]{1,40}[$#] `,
  String.raw`➜ {1,3}\S{1,60} (?:git:\(\S{1,80}\) )?(?:✗ )?`,
  String.raw`[A-Za-z]:\\[^>\n]{0,200}> ?`,
  String.raw`PS (?:[A-Za-z]\w{0,20}:[\\/]?|[/~]|\\\\)[^>\n]{0,200}> ?`,
  'PS> ',
].map((form) => new RegExp(`^(?:\\([^()\\n]{1,40}\\) )?${form}`))
/** A sign alone, and the trace of a shell with the place in its script. */
const bare = /^([$%❯➜#>]|\+{1,9})(?: (?:\S{1,80}:\d{1,6}: )?(?=\S)|\s*$)/

/** How a command begins: a row may begin with the sign and go on with a name or a number. */
const commanding = /^(?:[a-z./~_({"'!\\]|[A-Z_]{2,60}=|\(?[A-Z][a-z]{2,20}-[A-Z]|\$|$)/

/** The prompt at the beginning of a line; null where none stands. */
export function readPrompt(line: string): Prompt | null {
  if (line.length > 1_400 || !/[$#%>❯➜+]/.test(line)) return null
  const [host = '', user = '', where = ''] = named.exec(line) ?? []
  if (host !== '')
    return { who: user, isSure: /^(?::| )? ?[~/][^\s,;|]*$/.test(where.trimEnd()), command: line.slice(host.length) }
  for (const form of sure) {
    const [found] = form.exec(line) ?? []
    if (found !== undefined) return { who: '', isSure: true, command: line.slice(found.length) }
  }
  const [found = '', sign = ''] = bare.exec(line) ?? []
  const command = line.slice(found.length)
  if (found === '' || !commanding.test(command)) return null
  return { who: sign.startsWith('+') ? '+' : sign, isSure: false, command }
}

/** Whether a prompt in what the command behind `opened` printed is one, and not a row that looks so. */
export function endsOutput(opened: Prompt, next: Prompt): boolean {
  return next.isSure || next.who === opened.who || (next.who === '$' && opened.who === '+')
}
