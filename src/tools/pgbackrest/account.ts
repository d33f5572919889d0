import { stat } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { dirname } from 'node:path'
import type { ToolRunner } from '../../ports/tool-runner.ts'

export interface Account {
  readonly uid: number
  readonly gid: number
}

/** argv as another account, where this process may be another one at all: only root's can. */
export function asAccount(account: string, argv: readonly [string, ...string[]]): [string, ...string[]] {
  if (!isRoot()) return [...argv]
  // A change of accounts takes back what ends the child with its parent, so it is asked for again behind it.
  const identity = [`--reuid=${account}`, `--regid=${account}`, '--init-groups', '--inh-caps=-all']
  return ['setpriv', ...identity, '--pdeathsig', 'KILL', '--', ...argv]
}

/** The account as which this process opens the server's socket. */
export function ownAccount(): string {
  return userInfo().username
}

export function isRoot(): boolean {
  return process.getuid?.() === 0
}

/** The numbers of an account of few rights; null where there is none of that name, or it is root's. */
export async function findAccount(run: ToolRunner, name: string): Promise<Account | null> {
  const { signal } = new AbortController()
  const { stdoutTail } = await run.run({ program: 'getent', args: ['passwd', '--', name], signal, timeoutMs: 5_000 })
  const [found, , uid, gid] = stdoutTail.trim().split(':')
  return found === name && Number(uid) !== 0 ? { uid: Number(uid), gid: Number(gid) } : null
}

/** The first folder from a path upwards that an account cannot pass through. */
export async function findClosed(path: string, { uid, gid }: Account): Promise<string | null> {
  for (let at = path; at !== dirname(at); at = dirname(at)) {
    const seen = await stat(at)
    const bit = seen.uid === uid ? 0o100 : seen.gid === gid ? 0o010 : 0o001
    if ((seen.mode & bit) === 0) return at
  }
  return null
}
