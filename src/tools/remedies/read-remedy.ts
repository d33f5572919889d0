import { readFile } from 'node:fs/promises'
import { hashText } from '../../domain/digest.ts'
import { SalvorError } from '../../domain/errors/fail.ts'
import type { RemedySql } from '../../ports/remedy-tools.ts'
import { findBeyondPlain } from './find-beyond-plain.ts'
import { refuseParsed } from './refuse-parsed.ts'
import { refuseStatement } from './refuse-statement.ts'
import { NoSql, type Statement, splitStatements } from './split-statements.ts'

/** Longer texts are no remedy but a migration of their own. In bytes. */
const longest = 1024 * 1024

/** Reads a remedy's SQL and refuses what cannot run in one transaction that is rolled back. */
export async function readRemedySql(
  of: { readonly text: string; readonly name?: string } | { readonly path: string },
  hideSecrets: (text: string) => string,
): Promise<RemedySql> {
  const name = 'path' in of ? of.path : (of.name ?? 'the SQL in the plan')
  const text = 'path' in of ? await readText(of.path) : of.text
  const statements = split(name, text)
  for (const statement of statements) {
    const why = refuseStatement(statement) ?? (await refuseParsed(statement.text))
    if (why !== null) throw new SalvorError('remedy_refused', { file: name, line: statement.line, why })
  }
  let beyondPlain: RemedySql['beyondPlain'] = null
  for (const { text: one, line } of statements) {
    const seen: string | null = beyondPlain === null ? await findBeyondPlain(one) : null
    if (seen !== null) beyondPlain = { line, seen }
  }
  if (statements.length === 0) throw new SalvorError('remedy_refused', { file: name, line: 1, why: 'it holds no SQL' })
  return {
    statements: statements.map((one) => one.text),
    shown: statements.map((one) => hideSecrets(one.text)),
    sha256: hashText(text),
    hides: hideSecrets(text) !== text,
    beyondPlain,
  }
}

async function readText(path: string): Promise<string> {
  try {
    const bytes = await readFile(path)
    if (bytes.length > longest) throw new SalvorError('remedy_refused', { file: path, line: 1, why: 'it is over 1 MB' })
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (thrown) {
    if (thrown instanceof SalvorError) throw thrown
    const { code } = thrown as NodeJS.ErrnoException
    const why = code === 'ERR_ENCODING_INVALID_ENCODED_DATA' ? 'it is no UTF-8 text' : `it cannot be read (${code})`
    throw new SalvorError('remedy_refused', { file: path, line: 1, why }, { cause: thrown })
  }
}

function split(name: string, text: string): Statement[] {
  try {
    return splitStatements(text)
  } catch (thrown) {
    if (!(thrown instanceof NoSql)) throw thrown
    throw new SalvorError('remedy_refused', { file: name, line: thrown.line, why: thrown.message }, { cause: thrown })
  }
}
