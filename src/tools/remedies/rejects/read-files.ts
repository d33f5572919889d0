import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { emptyByName } from '../../../domain/by-name.ts'
import { hashText } from '../../../domain/digest.ts'
import { SalvorError } from '../../../domain/errors/fail.ts'
import type { RejectSource } from '../../../domain/rejects.ts'
import { parseCopyLine, parseDelimitedLine } from './parse-copy.ts'
import { isTarget, type Reject, type RejectSet } from './reject.ts'

/** By what a file's name ends with: COPY's have no name of their own, pgloader writes .dat, SQL*Loader .bad. */
const endings = { copy: '.rej', pgloader: '.dat', sqlldr: '.bad' } as const
/** All files together; more is a migration of its own. In bytes. */
const largest = 256 * 1024 ** 2

type Files = Extract<RejectSource, { readonly kind: 'files' }>

/** Rejects of a folder, one file a table, named after it. A folder that is not there holds none. */
export async function readRejectFiles(source: Files, target: string | null): Promise<RejectSet> {
  const ending = endings[source.format]
  const names = (await listFolder(source.path)).filter((name) => name.endsWith(ending)).sort()
  const rejects: Reject[] = []
  const files = emptyByName<string>()
  let bytes = 0
  for (const name of names) {
    const table = name.slice(0, -ending.length)
    if (!isTarget(table, target)) continue
    const path = join(source.path, name)
    const content = await readFile(path)
    bytes += content.length
    if (bytes > largest) throw new SalvorError('rejects_unreadable', { source: path, why: 'they are over 256 MB' })
    files[path] = hashText(content)
    rejects.push(...readLines(source, table, path, content))
  }
  return { rejects, files }
}

function readLines(source: Files, target: string, path: string, content: Buffer): Reject[] {
  const columns = columnsOf(source, target)
  if (source.format === 'sqlldr' && columns === null)
    throw new SalvorError('rejects_unreadable', {
      source: path,
      why: `the plan does not name the columns of ${target}`,
    })
  return decode(path, content)
    .split('\n')
    .map((raw, index) => ({ raw: raw.replace(/\r$/, ''), line: index + 1 }))
    .filter(({ raw }) => raw !== '' && raw !== '\\.')
    .map(({ raw, line }) => ({
      target,
      columns,
      values: source.format === 'sqlldr' ? parseDelimitedLine(raw, source.delimiter) : parseCopyLine(raw),
      raw,
      place: { path, line },
    }))
}

function columnsOf({ columns }: Files, target: string): readonly string[] | null {
  const bare = target.slice(target.lastIndexOf('.') + 1)
  return columns[target] ?? columns[bare] ?? null
}

function decode(path: string, content: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content)
  } catch (cause) {
    throw new SalvorError('rejects_unreadable', { source: path, why: 'it is no UTF-8 text' }, { cause })
  }
}

async function listFolder(path: string): Promise<string[]> {
  try {
    return await readdir(path)
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw new SalvorError(
      'rejects_unreadable',
      { source: path, why: String((thrown as Error).message) },
      { cause: thrown },
    )
  }
}
