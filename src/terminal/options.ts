import { SalvorError } from '../domain/errors/fail.ts'

/** What was typed after `salvor`: words as Slack would get them, and what only a terminal knows. */
export interface TerminalOptions {
  readonly words: string
  /** One JSON document a line instead of text. */
  readonly json: boolean
  /** `once`: until the job rests or waits for somebody; `through`: beyond that, until it rests; `no`: not at all. */
  readonly follow: 'once' | 'through' | 'no'
  /** The one-time code of `--code`; null when it is to be asked for. It never becomes part of the words. */
  readonly code: string | null
}

/**
 * Takes the terminal's own options out of argv, wherever they stand; after `--` everything is words. Throws
 * command_usage for options that do not fit.
 */
export function readOptions(argv: readonly string[]): TerminalOptions {
  const words: string[] = []
  let json = false
  let follow: TerminalOptions['follow'] = 'once'
  let code: string | null = null
  for (let at = 0; at < argv.length; at += 1) {
    const word = argv[at] ?? ''
    if (word === '--') {
      words.push(...argv.slice(at + 1))
      break
    }
    if (word === '--json') json = true
    else if (word === '--follow' || word === '--no-follow') {
      const wanted = word === '--follow' ? 'through' : 'no'
      // Some commands have a flag of that name, so the words keep it; watching is meant either way.
      if (follow !== 'once' && follow !== wanted) throw failOptions('--follow and --no-follow cannot both be meant.')
      follow = wanted
    } else if (word === '--code' || word.startsWith('--code=')) {
      code = word === '--code' ? (argv[++at] ?? '') : word.slice('--code='.length)
      if (!/^\d{3} ?\d{3}$/.test(code)) throw failOptions('--code takes the six digits that your device shows.')
      code = code.replace(' ', '')
    } else words.push(word)
  }
  return { words: words.join(' '), json, follow, code }
}

function failOptions(problem: string): SalvorError {
  return new SalvorError('command_usage', {
    problem,
    usage: 'salvor <words> [--json] [--follow|--no-follow] [--code 123456]',
  })
}
