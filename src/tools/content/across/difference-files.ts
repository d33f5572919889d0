import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { SalvorError } from '../../../domain/errors/fail.ts'
import { openPrivateFile, openPrivateFolder, type PrivateFile } from '../lost-rows/keep-file.ts'
import type { DifferingValue } from './differing-values.ts'
import type { DifferenceKind } from './pair-rows.ts'

/** Lines of one file: a spreadsheet opens them, and a table that differs everywhere does not fill the disk. */
const MOST_LINES = 100_000

export interface DifferenceFile {
  write(kind: DifferenceKind, key: string, values: readonly DifferingValue[]): Promise<void>
  /** Its path, and whether lines were left out; null where there was none. */
  keep(): Promise<{ readonly path: string; readonly cut: boolean } | null>
  discard(): Promise<void>
}

export interface DifferenceFiles extends AsyncDisposable {
  open(number: string, table: string): DifferenceFile
}

/** A folder for this account alone, with one CSV a table: values of rows are in it. */
export async function openDifferenceFiles(folder: string): Promise<DifferenceFiles> {
  const guard = guardOf(folder)
  const opened = await guard(() => openPrivateFolder(folder))
  return {
    open: (number, table) => {
      const name = `${number}-${table.replace(/[^\w.-]/g, '_').slice(0, 80)}.csv`
      return fileOf({ inside: opened.inside, folder, name, guard })
    },
    [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose](),
  }
}

type Guard = <T>(work: () => Promise<T>) => Promise<T>

function fileOf(of: {
  readonly inside: string
  readonly folder: string
  readonly name: string
  readonly guard: Guard
}): DifferenceFile {
  let file: PrivateFile | null = null
  let lines = 0
  let cut = false
  const write = async (fields: readonly (string | null)[]) => {
    if (lines >= MOST_LINES) {
      cut = true
      return
    }
    if (file === null) {
      file = await openPrivateFile(of.inside, of.name)
      await file.write('difference,key,column,here,there\n')
    }
    lines += 1
    await file.write(`${fields.map(writeField).join(',')}\n`)
  }
  return {
    write: (kind, key, values) =>
      of.guard(async () => {
        if (values.length === 0) await write([kind, key, null, null, null])
        for (const { column, here, there } of values) await write([kind, key, column, here, there])
      }),
    keep: () =>
      of.guard(async () => {
        if (file === null) {
          await rm(join(of.inside, of.name), { force: true })
          return null
        }
        await file.keep()
        return { path: join(of.folder, of.name), cut }
      }),
    async discard() {
      await file?.discard()
    },
  }
}

/**
 * NULL is empty, an empty text `""`. What a spreadsheet would take for a formula gets an apostrophe in front, numbers
 * excepted.
 */
function writeField(value: string | null): string {
  if (value === null) return ''
  const tame = /^[=+\-@\t\r]/.test(value) && !/^[+-]?[\d.]+(?:e[+-]?\d+)?$/i.test(value) ? `'${value}` : value
  return tame === '' || /[",\r\n]/.test(tame) ? `"${tame.replaceAll('"', '""')}"` : tame
}

function guardOf(folder: string): Guard {
  return async (work) => {
    try {
      return await work()
    } catch (thrown) {
      const seen = seenOf(thrown)
      if (seen === null) throw thrown
      const told = seen.replaceAll(/\/proc\/self\/fd\/\d+/g, () => folder)
      throw new SalvorError('differences_unwritten', { folder, seen: told }, { cause: thrown })
    }
  }
}

function seenOf(thrown: unknown): string | null {
  if (thrown instanceof SalvorError)
    return thrown.code === 'lost_rows_unwritten' ? String(thrown.facts.seen ?? '') : null
  return thrown instanceof Error && 'syscall' in thrown ? thrown.message : null
}
