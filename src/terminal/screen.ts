import type { Screen } from './present.ts'

/** This process' own standard streams. NO_COLOR and a dumb terminal are honoured; a reader that went away is no error. */
export function createScreen(env: NodeJS.ProcessEnv): Screen {
  const { stdout, stderr } = process
  for (const stream of [stdout, stderr]) stream.on('error', () => {})
  const looksOn = stdout.isTTY === true && env.TERM !== 'dumb'
  return {
    write: (text) => void stdout.write(text),
    complain: (text) => void stderr.write(text),
    size: () => (looksOn ? { columns: stdout.columns, rows: stdout.rows } : undefined),
    colour: looksOn && (env.NO_COLOR ?? '') === '',
  }
}
