import { link, open, readFile, rename, stat } from 'node:fs/promises'
import { hashText } from '../../../domain/digest.ts'
import { SalvorError } from '../../../domain/errors/fail.ts'
import type { RejectRest } from '../../../ports/remedy-tools.ts'

/**
 * Leaves in each file only the lines that still failed. The file as it was stays beside it (`orders.rej.fix-3`), and
 * the new one takes its place in one move. Safe to repeat: a file that was done already is known by what it kept.
 */
export async function writeRest(rest: readonly RejectRest[], keptAs: string): Promise<string[]> {
  const written: string[] = []
  for (const { path, sha256, loaded } of rest) {
    const kept = `${path}.${keptAs}`
    const [content, before] = [await readFile(path), await readFile(kept).catch(() => null)]
    if (before !== null && hashText(before) === sha256 && hashText(content) !== sha256) {
      written.push(path)
      continue
    }
    if (hashText(content) !== sha256) throw new SalvorError('rejects_changed', { file: path, kept: loaded.length })
    if (before === null) await link(path, kept)
    await replace(path, leaveOut(content, new Set(loaded)))
    written.push(path)
  }
  return written
}

function leaveOut(content: Buffer, loaded: ReadonlySet<number>): Buffer {
  const lines: Buffer[] = []
  let from = 0
  for (let line = 1; from < content.length; line += 1) {
    const end = content.indexOf(10, from)
    const next = end < 0 ? content.length : end + 1
    if (!loaded.has(line)) lines.push(content.subarray(from, next))
    from = next
  }
  return Buffer.concat(lines)
}

async function replace(path: string, content: Buffer): Promise<void> {
  const draft = `${path}.new`
  const file = await open(draft, 'w', (await stat(path)).mode & 0o777)
  try {
    await file.writeFile(content)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(draft, path)
}
