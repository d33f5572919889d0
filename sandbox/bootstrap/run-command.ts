import { spawn } from 'node:child_process'

/** How a command ended: `code` is null when a signal ended it or it could not be started (then `error` says why). */
export type CommandEnd = { code: number | null; output: string; error?: Error }

/** Runs argv to its end; output is collected, or shown to the person as it comes (`show`). Never throws. */
export function runCommand(
  argv: readonly string[],
  options: { show?: boolean; env?: NodeJS.ProcessEnv; uid?: number; gid?: number; cwd?: string } = {},
): Promise<CommandEnd> {
  const [file = '', ...args] = argv
  const { show = false, env = process.env, ...rest } = options
  return new Promise((resolve) => {
    const child = spawn(file, args, { ...rest, env, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text
        if (show) process.stderr.write(text)
      })
    }
    child.on('error', (error) => resolve({ code: null, output, error }))
    child.on('close', (code) => resolve({ code, output }))
  })
}
