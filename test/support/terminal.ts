import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const program = fileURLToPath(new URL('../../bin/salvor.js', import.meta.url))

/** An account that every Debian has and that nobody logs in with. */
export interface Account {
  readonly name: string
  readonly uid: number
}

export const games: Account = { name: 'games', uid: 5 }
export const daemon: Account = { name: 'daemon', uid: 1 }
export const mail: Account = { name: 'mail', uid: 8 }

/** What a terminal showed, and the exit code. */
export interface Said {
  readonly exit: number | null
  readonly out: string
  readonly err: string
}

/** Types `salvor <words>` as an account of this machine, in a pipe: nobody looks on. Only root may do so. */
export function typeAs(account: Account, words: readonly string[], env: NodeJS.ProcessEnv): Promise<Said> {
  const { uid } = account
  const child = spawn(process.execPath, [program, ...words], {
    uid,
    gid: 65_534,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let out = ''
  let err = ''
  child.stdout.on('data', (text) => (out += text))
  child.stderr.on('data', (text) => (err += text))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (exit) => resolve({ exit, out, err }))
  })
}
