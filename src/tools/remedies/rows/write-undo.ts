import { basename, dirname } from 'node:path'
import { hashText } from '../../../domain/digest.ts'
import type { RowFile } from '../../../domain/repair.ts'
import type { RemedyRun } from '../../../ports/remedy-tools.ts'
import { openPrivateFile, openPrivateFolder } from '../../content/lost-rows/keep-file.ts'
import {
  hashTexts,
  type LineTable,
  printLine,
  type RowLine,
  writeDeleteLine,
  writeHead,
  writeInsertLine,
  writeUpdateLine,
} from '../../content/repair/row-lines.ts'
import { printedAs } from '../../postgres-session.ts'
import type { HeldRows } from './read-held.ts'

/** Writes the file that takes lines back, the last one first; each statement expects what its row holds now. */
export async function keepUndo(
  { undo, job }: NonNullable<RemedyRun['rows']>,
  of: { readonly tables: readonly LineTable[]; readonly lines: readonly RowLine[]; readonly held: HeldRows },
): Promise<RowFile> {
  const says = [
    `Takes back what ${job} did. Each statement expects the row that ${job} left.`,
    'By hand: psql -X -1 -v ON_ERROR_STOP=1 -f <this file>. UPDATE 0 or DELETE 0 says that a row is another one by now.',
  ]
  const lines = of.lines.toReversed().flatMap((line) => invert(line, of))
  const text = writeHead({ says, settings: printedAs, tables: of.tables }) + lines.map(printLine).join('')
  await using folder = await openPrivateFolder(dirname(undo))
  const file = await openPrivateFile(folder.inside, basename(undo))
  try {
    await file.write(text)
    await file.keep()
  } catch (thrown) {
    await file.discard()
    throw thrown
  }
  return { path: undo, sha256: hashText(text) }
}

/** Of a row that a trigger took away there is nothing to take back. */
function invert({ note }: RowLine, of: { readonly tables: readonly LineTable[]; readonly held: HeldRows }): RowLine[] {
  const { t, k: key, w, o, b } = note
  const table = of.tables[t]
  if (table === undefined) return []
  if (w === null) {
    if (o === undefined) return []
    const wanted = table.wanted.map((name) => o.values[o.columns.indexOf(name)] ?? null)
    return [writeInsertLine(table, { t, key, ...o, wants: hashTexts(wanted) })]
  }
  const holds = of.held.find(note)?.all
  if (holds === undefined) return []
  if (o === undefined || b === undefined) return [writeDeleteLine(table, { t, key, holds })]
  return [writeUpdateLine(table, { t, key, ...o, holds, wants: b })]
}
