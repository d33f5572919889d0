import type { Stats } from 'node:fs'
import { lstat, realpath, stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'

const STICKY = 0o1000

/**
 * Who else may change what stands at a path: looks at it and at every folder above, links followed, for rights of a
 * group other than root's, of everybody, and for owners that are neither root nor this account. The first of them in
 * words, or null; null too for what is not there.
 */
export async function findOpenToOthers(path: string): Promise<string | null> {
  return lookUp(await realpath(path).catch(() => null), true)
}

/**
 * As findOpenToOthers, of a folder that may still have to be made: then of what is there above it. A link on the way
 * counts too: whoever laid it, or may exchange it, says where the folder is.
 */
export async function findPlanted(path: string): Promise<string | null> {
  const wanted = resolve(path)
  let isThere = false
  for (let at = wanted; ; at = dirname(at)) {
    const seen = await lstat(at).catch(() => null)
    const why =
      seen === null ? null : seen.isSymbolicLink() ? explainOwner(seen) : explain(seen, at === wanted && !isThere)
    if (why !== null) return `${at} ${why}`
    if (seen !== null && !isThere) {
      isThere = true
      const real = await realpath(at).catch(() => null)
      if (real === null) return `${at} leads nowhere`
      const open = await lookUp(real, at === wanted)
      if (open !== null) return open
    }
    if (at === dirname(at)) return null
  }
}

async function lookUp(path: string | null, isPathItself: boolean): Promise<string | null> {
  let at = path
  for (let isItself = isPathItself; at !== null; isItself = false) {
    const seen = await stat(at).catch(() => null)
    const why = seen === null ? null : explain(seen, isItself)
    if (why !== null) return `${at} ${why}`
    at = dirname(at) === at ? null : dirname(at)
  }
  return null
}

function explain(seen: Stats, isItself: boolean): string | null {
  const { mode, gid } = seen
  // Above, a sticky folder such as /tmp lets nobody rename or remove what is another's.
  const isKept = (mode & STICKY) !== 0 && !isItself
  if (!isKept && (mode & 0o002) !== 0) return 'may be written to by everybody'
  if (!isKept && (mode & 0o020) !== 0 && gid !== 0) return `may be written to by group number ${gid}`
  return explainOwner(seen)
}

function explainOwner({ uid }: Stats): string | null {
  return uid !== 0 && uid !== process.getuid?.() ? `belongs to account number ${uid}` : null
}
