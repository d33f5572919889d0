import { execFile } from 'node:child_process'

/** How a program ended and what it said. */
export type Exit = { code: number; output: string }

/** Runs a program of the shop's folder to its end; `env` is added to this process's environment. Never rejects. */
export function runProgram(program: string, argv: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Exit> {
  return new Promise((resolve) => {
    execFile(program, argv, { env: { ...process.env, ...env } }, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 1
      resolve({ code, output: `${stdout}${stderr}` })
    })
  })
}
