/** One program of a command with its words, without quotes; where what it prints goes is not among them. */
export interface Stage {
  readonly words: readonly string[]
  /** What it prints goes into a file. */
  readonly isSilent: boolean
}

/** Redirections that leave what is printed where it can be seen. */
const visible = /^(?:&[12]|\/dev\/(?:stdout|stderr|tty))$/

/** The pipelines of a line that a shell of whatever kind was given, each with its programs. */
export function readPipelines(command: string): Stage[][] {
  const pipelines: Stage[][] = [[]]
  let words: string[] = []
  let word = ''
  let isWord = false
  let isSilent = false
  /** A redirection that waits for its target: the stream it takes. */
  let waiting = ''

  const endWord = () => {
    if (!isWord) return
    if (waiting === '') words.push(word)
    else if (waiting !== '2' && !visible.test(word)) isSilent = true
    ;[word, isWord, waiting] = ['', false, '']
  }
  const endStage = () => {
    endWord()
    if (words.length > 0) pipelines.at(-1)?.push({ words, isSilent })
    ;[words, isSilent, waiting] = [[], false, '']
  }

  for (let at = 0; at < command.length; at += 1) {
    const sign = command[at] ?? ''
    const next = command[at + 1] ?? ''
    if (sign === '"' || sign === "'") {
      const end = findQuote(command, at)
      word += command.slice(at + 1, end)
      isWord = true
      at = end
    } else if (sign === '\\' && /["'\\ |;$(){}]/.test(next)) {
      word += next
      isWord = true
      at += 1
    } else if (sign === '>') {
      // `2>`, `1>` and `&>` stand together, a word before a blank does not.
      const stream = /^[12&]$/.test(word) ? word : '1'
      if (isWord && /^[12&]$/.test(word)) [word, isWord] = ['', false]
      endWord()
      waiting = stream
      if (next === '>' || next === '|') at += 1
    } else if (sign === '&' && waiting !== '' && !isWord) {
      ;[word, isWord] = ['&', true]
    } else if (sign === '&' && next === '>') {
      endWord()
      ;[word, isWord] = ['&', true]
    } else if (sign === '|' && next !== '|') {
      if (next === '&') at += 1
      endStage()
    } else if (';&|(){}'.includes(sign)) {
      // Braces of a variable or of a program's own words stand within a word.
      if ((sign === '{' && (isWord || next === '}')) || (sign === '}' && isWord)) {
        word += sign
        isWord = true
        continue
      }
      endStage()
      if ((pipelines.at(-1)?.length ?? 0) > 0) pipelines.push([])
    } else if (/\s/.test(sign) || sign === '<') endWord()
    else {
      word += sign
      isWord = true
    }
  }
  endStage()
  return pipelines.filter((stages) => stages.length > 0)
}

function findQuote(command: string, open: number): number {
  const sign = command[open]
  for (let at = open + 1; at < command.length; at += 1) {
    if (command[at] === '\\' && sign === '"' && command[at + 1] === '"') at += 1
    else if (command[at] === sign) return at
  }
  return command.length
}
