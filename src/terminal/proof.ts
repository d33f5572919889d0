import { randomBytes } from 'node:crypto'
import { constants } from 'node:fs'
import { lstat, mkdir, open, rmdir } from 'node:fs/promises'
import { join } from 'node:path'
import { SalvorError } from '../domain/errors/fail.ts'

/**
 * How somebody at the other end of a socket proves whose account they use, without a password and without trusting
 * what they say: they make a folder of a name that was drawn for them, and the file system says who made it. A
 * folder, because it cannot be hard-linked, and cannot be moved here by others than those who may write to it.
 */
export interface ProofBoard {
  /** A name that nobody has used before. */
  draw(): string
  /** Number of the account that made the folder, which is then taken away; null where there is no such proof. */
  check(name: string): Promise<number | null>
}

/**
 * Opens the place for proofs: everybody may make folders in it, nobody may touch those of others. What stands there
 * already must be a folder of this account's, no link. Throws terminal_socket.
 */
export async function openProofBoard(folder: string): Promise<ProofBoard> {
  await ownFolder(folder)
  return {
    draw: () => randomBytes(16).toString('hex'),
    async check(name) {
      const path = join(folder, name)
      try {
        const seen = await lstat(path)
        // Others must not have been able to write to it, else they could have brought it here.
        return seen.isDirectory() && (seen.mode & 0o077) === 0 ? seen.uid : null
      } catch {
        return null
      } finally {
        await rmdir(path).catch(() => {})
      }
    },
  }
}

async function ownFolder(path: string): Promise<void> {
  await mkdir(path, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
  const { O_RDONLY, O_DIRECTORY, O_NOFOLLOW } = constants
  const folder = await open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW).catch(() => {
    throw new SalvorError('terminal_socket', { path, problem: 'it is no folder of its own, or a link' })
  })
  try {
    const { uid } = await folder.stat()
    if (uid !== process.getuid?.()) {
      throw new SalvorError('terminal_socket', { path, problem: `it is account number ${uid}'s` })
    }
    await folder.chmod(0o1777)
  } finally {
    await folder.close()
  }
}

/** The other end: makes the folder that was asked for. */
export async function giveProof(folder: string, name: string): Promise<void> {
  // The name comes from the other end, which must not be able to have folders made elsewhere.
  if (!/^[0-9a-f]{32}$/.test(name)) throw new Error('this is no name for a proof')
  await mkdir(join(folder, name), { mode: 0o700 })
}

/** Where the proofs for a socket lie. */
export function proofFolder(socket: string): string {
  return `${socket}.proofs`
}
