import { mkdirSync, statSync } from 'node:fs'
import { chown } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { BootstrapError } from './errors.ts'
import { runCommand } from './run-command.ts'

/** The operating system account that servers run as. */
export type Account = { name: string; uid: number; gid: number }

const FALLBACK = 'salvor'

/**
 * PostgreSQL refuses to run as root. Started by root this gives an unprivileged account (`name`, else the existing
 * `postgres`, else `salvor`, which is created); started by anyone else it is undefined: servers run as that person.
 */
export async function chooseAccount(name?: string): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined
  if (name !== undefined) {
    const wanted = await lookUp(name)
    if (wanted === undefined || wanted.uid === 0)
      throw new BootstrapError(`No unprivileged account is called ${name}.`, 'Name an existing one, or leave it out.')
    return wanted
  }
  const found = (await lookUp('postgres')) ?? (await lookUp(FALLBACK))
  if (found !== undefined) return found
  await runCommand(['useradd', '--system', '--no-create-home', '--shell', '/usr/sbin/nologin', FALLBACK])
  const made = await lookUp(FALLBACK)
  if (made === undefined)
    throw new BootstrapError(
      'Root cannot run PostgreSQL, and no account for it could be created.',
      `Create one (useradd --system ${FALLBACK}), or start this as an ordinary user.`,
    )
  return made
}

/** Creates `dir` (0700) for the account. A parent it cannot pass through is an error that names the folder. */
export async function makeOwnedFolder(dir: string, account: Account | undefined): Promise<void> {
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  if (account === undefined) return
  for (let parent = dirname(resolve(dir)); ; parent = dirname(parent)) {
    if (!isPassable(parent, account))
      throw new BootstrapError(
        `${account.name} cannot reach ${dir}: ${parent} is closed to it.`,
        `chmod o+x ${parent}, or choose a folder below /tmp or /var/lib.`,
      )
    if (parent === dirname(parent)) break
  }
  await chown(dir, account.uid, account.gid)
}

function isPassable(folder: string, account: Account): boolean {
  const { mode, uid, gid } = statSync(folder)
  if (uid === account.uid) return (mode & 0o100) !== 0
  if (gid === account.gid) return (mode & 0o010) !== 0
  return (mode & 0o001) !== 0
}

async function lookUp(name: string): Promise<Account | undefined> {
  const [uid, gid] = await Promise.all([runCommand(['id', '-u', name]), runCommand(['id', '-g', name])])
  if (uid.code !== 0 || gid.code !== 0) return undefined
  return { name, uid: Number(uid.output), gid: Number(gid.output) }
}
