import { userInfo } from 'node:os'

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
