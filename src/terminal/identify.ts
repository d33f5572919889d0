import { userInfo } from 'node:os'
import { SalvorError } from '../domain/errors/fail.ts'
import type { Person } from '../domain/person.ts'
import type { RecoveryPlan } from '../domain/recovery-plan.ts'

/** An account of this machine, as the kernel and its list of accounts know it; names from the environment do not count. */
export interface OsUser {
  readonly uid: number
  /** Null for an account without a name. */
  readonly name: string | null
  /** True under sudo: the account at work is then not that of the person. */
  readonly sudo: boolean
}

/** Who runs this process. */
export function readOsUser(env: NodeJS.ProcessEnv): OsUser {
  const uid = process.getuid?.() ?? -1
  return { uid, name: findName(uid), sudo: (env.SUDO_UID ?? '') !== '' }
}

function findName(uid: number): string | null {
  try {
    const known = userInfo()
    // Where a program runs with another's rights, nobody knows whom to believe.
    return known.uid === uid ? known.username : null
  } catch {
    return null
  }
}

/**
 * The one person that an account belongs to by the plan, the same as in Slack. Root, sudo and accounts that nobody
 * or more than one maps are nobody: terminal_account, terminal_unmapped, terminal_shared.
 */
export function identifyOsUser(plan: Pick<RecoveryPlan, 'people'>, user: OsUser): Person {
  const name = user.name ?? `number ${user.uid}`
  if (user.uid === 0) throw new SalvorError('terminal_account', { account: 'root' })
  if (user.sudo) throw new SalvorError('terminal_account', { account: `sudo as ${name}` })
  const mapped = Object.entries(plan.people).filter(([, one]) => user.name !== null && one.os === user.name)
  const [first, second] = mapped
  if (first === undefined) throw new SalvorError('terminal_unmapped', { account: name })
  if (second !== undefined) {
    throw new SalvorError('terminal_shared', { account: name, people: mapped.map(([id]) => id).join(' and ') })
  }
  return { id: first[0], slack: first[1].slack ?? null, os: user.name }
}
