import type { Stats } from 'node:fs'
import { realpath, stat } from 'node:fs/promises'
import { dirname } from 'node:path'

const STICKY = 0o1000

/**
 * Who else may change what stands at a path: looks at it and at every folder above, links followed, for rights of a
 * group other than root's, of everybody, and for owners that are neither root nor this account. The first of them in
 * words, or null; null too for what is not there.
 */
export async function findOpenToOthers(path: string): Promise<string | null> {
  let at = await realpath(path).catch(() => null)
  for (let isItself = true; at !== null; isItself = false) {
    const seen = await stat(at).catch(() => null)
    const why = seen === null ? null : explain(seen, isItself)
    if (why !== null) return `${at} ${why}`
    at = dirname(at) === at ? null : dirname(at)
  }
  return null
}

function explain({ mode, uid, gid }: Stats, isItself: boolean): string | null {
  // Above, a sticky folder such as /tmp lets nobody rename or remove what is another's.
  const isKept = (mode & STICKY) !== 0 && !isItself
  if (!isKept && (mode & 0o002) !== 0) return 'may be written to by everybody'
  if (!isKept && (mode & 0o020) !== 0 && gid !== 0) return `may be written to by group number ${gid}`
  if (uid !== 0 && uid !== process.getuid?.()) return `belongs to account number ${uid}`
  return null
}
