import { readFile } from 'node:fs/promises'
import { SalvorError } from '../../domain/errors/fail.ts'

/** Throws `file_mounted` for a file that is a mount of its own, as containers get theirs: no rename can replace it. */
export async function checkMount(path: string): Promise<void> {
  const mounts = await readFile('/proc/self/mountinfo', 'utf8').catch(() => '')
  const points = mounts.split('\n').map((line) => line.split(' ')[4]?.replace(/\\([0-7]{3})/g, unescapeOctal))
  if (points.includes(path)) throw new SalvorError('file_mounted', { path, seen: 'a mount of its own' })
}

function unescapeOctal(_: string, digits: string): string {
  return String.fromCharCode(Number.parseInt(digits, 8))
}
