import type { Dirent } from 'node:fs'
import { constants, open, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { ToolRunner } from '../../../ports/tool-runner.ts'
import { asAccount } from '../account.ts'

/** What a program or library of Linux begins with; as a page's position in WAL it would be behind 4 EB of it. */
const ELF = Buffer.from('\x7fELF', 'latin1')
/** Words of one `rm`. */
const AT_ONCE = 200

/**
 * Removes what could be loaded as a library from restored files: nothing of PostgreSQL's own there is one, and a role's
 * settings in the backup could name it. Looked for by name and by content, removed as the account that owns it. Answers
 * what it was. Throws where any of it is still there.
 */
export async function removeNativeCode(
  run: ToolRunner,
  account: string,
  folders: readonly string[],
): Promise<string[]> {
  const found = await findNativeCode(folders)
  const { signal } = new AbortController()
  for (let from = 0; from < found.length; from += AT_ONCE) {
    const [program, ...args] = asAccount(account, ['rm', '-f', '--', ...found.slice(from, from + AT_ONCE)])
    await run.run({ program, args, signal })
  }
  const left = found.length === 0 ? [] : await findNativeCode(folders)
  if (left.length > 0) throw new Error(`${left[0]} is a library and cannot be removed`)
  return found
}

async function findNativeCode(folders: readonly string[]): Promise<string[]> {
  const found: string[] = []
  const waiting = [...folders]
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    for (const entry of await readdir(at, { withFileTypes: true }).catch((): Dirent[] => [])) {
      const path = join(at, entry.name)
      if (entry.isDirectory()) waiting.push(path)
      else if (/\.so(\.|$)/.test(entry.name) || (entry.isFile() && (await isNative(path)))) found.push(path)
    }
  }
  return found
}

async function isNative(path: string): Promise<boolean> {
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch(() => null)
  if (file === null) return false
  try {
    const { buffer } = await file.read(Buffer.alloc(ELF.length), 0, ELF.length, 0)
    return buffer.equals(ELF)
  } finally {
    await file.close()
  }
}
