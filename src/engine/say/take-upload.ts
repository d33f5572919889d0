import { SalvorError } from '../../domain/errors/fail.ts'
import { type FileWord, looseFile } from '../../domain/loose-remedy.ts'
import type { SharedFile, SharedFiles } from '../../ports/shared-files.ts'
import type { CommandContext, Right } from '../define-command.ts'

/** Longer texts are no remedy but a migration of their own. In bytes. */
const longest = 1024 * 1024
/** So many files of one name are compared; more are several. */
const mostCompared = 5

/** An upload that was taken: kept in the store, named by its hash. */
export interface TakenUpload {
  readonly name: string
  readonly sha256: string
  /** Who shared this one: whoever brought it with the words, else who uploaded it. The same text may be another's too. */
  readonly by: string
}

/**
 * Takes what somebody shared to be run: found, downloaded, read under the refusals of every remedy, and kept by its
 * hash before a job may name it. What becomes of the file later changes nothing. Null where none is meant: then the
 * name is that of a file beside the plan. Throws the errors of uploads, and `remedy_refused`.
 */
export async function takeUpload(
  context: CommandContext,
  of: { readonly system: string; readonly right: Right; readonly wanted: FileWord },
): Promise<TakenUpload | null> {
  const { uploads, tools } = context
  if (of.wanted.kind === 'folder') return null
  if (uploads === null || tools === null) {
    if (of.wanted.kind === 'name') return null
    throw new SalvorError('upload_unknown', { file: of.wanted.id })
  }
  const files = await findFiles(context, uploads.files, of)
  if (files.length === 0) return null
  const read = await Promise.all(files.map((file) => readText(uploads.files, file)))
  const [file] = files
  const [text] = read
  if (file === undefined || text === undefined) return null
  // The same one twice is one.
  if (read.some((one) => one !== text)) {
    throw new SalvorError('upload_several', { file: file.name, count: new Set(read).size })
  }
  const { sha256, hides } = await tools.remedies.readSql({ text, name: file.name })
  if (hides) throw new SalvorError('upload_secret', { file: file.name })
  await uploads.keep({ sha256, name: file.name, text, by: file.by.id })
  return { name: file.name, sha256, by: file.own ? context.said.person.id : file.by.id }
}

/** Files that came with the words and look like SQL. */
export async function listOwnSql({ uploads, said }: CommandContext): Promise<readonly string[]> {
  const own = uploads === null || said.message === undefined ? [] : await uploads.files.listOwn(said)
  return own.map(({ name }) => name).filter((name) => /\.sql$/i.test(name))
}

/** The file that came with the words goes before those of the channel; of these only who may repair it counts. */
async function findFiles(
  context: CommandContext,
  files: SharedFiles,
  { system, right, wanted }: { readonly system: string; readonly right: Right; readonly wanted: FileWord },
): Promise<readonly SharedFile[]> {
  const isMeant = ({ id, name }: SharedFile) =>
    wanted.kind === 'id' ? id === wanted.id : name.toLowerCase() === wanted.file.toLowerCase()
  const own = (await files.listOwn(context.said)).filter(isMeant)
  if (own.length > 0) return own.slice(0, mostCompared)
  const { channel } = await context.needIncident()
  const there = channel === null ? [] : await listThere(files, channel, wanted, isMeant)
  const [first] = there
  if (first === undefined) {
    if (wanted.kind === 'id') throw new SalvorError('upload_unknown', { file: wanted.id })
    return []
  }
  const may = await Promise.all(there.map(({ by }) => context.holds(right, by)))
  const trusted = there.filter((_file, index) => may[index])
  if (trusted.length === 0) {
    throw new SalvorError('upload_stranger', { file: first.name, by: first.by.id, system })
  }
  if (trusted.length > mostCompared) {
    throw new SalvorError('upload_several', { file: first.name, count: trusted.length })
  }
  return trusted
}

async function listThere(
  files: SharedFiles,
  channel: string,
  wanted: FileWord,
  isMeant: (file: SharedFile) => boolean,
): Promise<readonly SharedFile[]> {
  if (wanted.kind !== 'id') return (await files.listIn(channel)).filter(isMeant)
  const found = await files.findIn(channel, wanted.id)
  return found === undefined ? [] : [found]
}

async function readText(files: SharedFiles, file: SharedFile): Promise<string> {
  const { name, size } = file
  if (!looseFile.test(name)) throw new SalvorError('upload_name', { file: name.slice(0, 80) })
  if (size > longest) throw new SalvorError('upload_big', { file: name, size, most: longest })
  return decode(name, await files.read(file, longest))
}

/** UTF-8, or UTF-16 that says so: anything else might read as other SQL than its author sees. */
function decode(name: string, bytes: Uint8Array): string {
  const [first, second] = bytes
  const encoding =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8'
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes)
    if (!text.includes('\0')) return text
  } catch {
    // Said below.
  }
  throw new SalvorError('upload_text', { file: name })
}
