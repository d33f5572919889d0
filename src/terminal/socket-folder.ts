import type { Stats } from 'node:fs'
import { lstat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { SalvorError } from '../domain/errors/fail.ts'
import { proofFolder } from './proof.ts'

/** Bits by which the group or everybody may write: who may write to a folder puts their own socket into it. */
const WRITABLE = 0o022
/** In such a folder (`/tmp`) nobody takes away or renames what is another's. */
const STICKY = 0o1000

/**
 * The bot's end: the folder of its socket, and every folder above, must be such that root and the bot's own account
 * alone can put something there. A bot that is root accepts a folder of root's alone. Throws terminal_socket.
 */
export async function checkOwnFolder(socket: string, self: number): Promise<void> {
  const folder = dirname(socket)
  const trusted = new Set([0, self])
  const seen = await look(folder)
  if (seen === null) throw refuse(folder, 'it is not there')
  await checkChain(folder, trusted)
  if ((seen.mode & WRITABLE) !== 0) throw refuse(folder, 'others may write to it')
}

/**
 * The terminal's end, before it says a word: the socket is its folder's owner's, so is the place of proofs, and the
 * folder stands where only root, that owner or this account could have put it. False where there is no socket.
 * Throws terminal_socket.
 */
export async function checkTheirSocket(socket: string, self: number): Promise<boolean> {
  const folder = dirname(socket)
  const [home, there] = [await look(folder), await look(socket)]
  if (home === null || there === null) return false
  const owner = home.uid
  await checkChain(folder, new Set([0, owner]))
  if ((home.mode & WRITABLE) !== 0) throw refuse(folder, 'others may write to it')
  const known = owner === 0 || owner === self
  if (!known && (await hasOpenParent(folder))) throw refuse(folder, 'anybody could have made it where it stands')
  if (!there.isSocket()) throw refuse(socket, 'it is no socket')
  if (there.uid !== owner) throw refuse(socket, `it is not its folder's owner's, but account number ${there.uid}'s`)
  const proofs = await look(proofFolder(socket))
  if (proofs === null) throw refuse(proofFolder(socket), 'it is not there')
  if (!proofs.isDirectory()) throw refuse(proofFolder(socket), 'it is no folder')
  if (proofs.uid !== owner) throw refuse(proofFolder(socket), `it is account number ${proofs.uid}'s`)
  return true
}

/** Every part of the path as it is written, links not followed: who owns a part decides where the path leads. */
async function checkChain(folder: string, trusted: ReadonlySet<number>): Promise<void> {
  for (const part of partsOf(folder)) {
    const seen = await look(part)
    if (seen === null) throw refuse(part, 'it may not be seen')
    if (!trusted.has(seen.uid)) throw refuse(part, `it is account number ${seen.uid}'s`)
    if (!seen.isDirectory()) throw refuse(part, 'it is no folder, or a link')
    if ((seen.mode & WRITABLE) !== 0 && (seen.mode & STICKY) === 0) throw refuse(part, 'others may write to it')
  }
}

async function hasOpenParent(folder: string): Promise<boolean> {
  const above = await Promise.all(partsOf(dirname(folder)).map(look))
  return above.some((seen) => seen === null || (seen.mode & WRITABLE) !== 0)
}

/** `/run/salvor` → `/`, `/run`, `/run/salvor`. */
function partsOf(folder: string): string[] {
  const names = folder.split('/').filter((name) => name !== '')
  return ['/', ...names.map((_name, index) => join('/', ...names.slice(0, index + 1)))]
}

function look(path: string): Promise<Stats | null> {
  return lstat(path).catch(() => null)
}

function refuse(path: string, problem: string): SalvorError {
  return new SalvorError('terminal_socket', { path, problem })
}
