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

/** Somebody who sits at a screen of 24 lines. */
export interface Sitting {
  /** All that came to the screen, orders to the terminal included. */
  shown(): string
  press(keys: string): void
  readonly ended: Promise<number | null>
}

/** Sits down as an account of this machine and types `salvor <words>`; the screen is one that `script` pretends. */
export function sitAs(account: Account, words: string, env: NodeJS.ProcessEnv): Sitting {
  const line = `stty rows 24 cols 80; ${process.execPath} ${program} ${words}`
  const ids = { uid: account.uid, gid: 65_534 }
  const child = spawn('script', ['-qec', line, '/dev/null'], { ...ids, env: { TERM: 'xterm', ...env }, stdio: 'pipe' })
  let shown = ''
  child.stdout.on('data', (text) => {
    shown += text
  })
  return {
    shown: () => shown,
    press: (keys) => void child.stdin.write(keys),
    ended: new Promise((resolve) => child.on('close', resolve)),
  }
}
