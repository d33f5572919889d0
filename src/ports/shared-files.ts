import type { Person, Utterance } from '../domain/person.ts'

/** A file that somebody shared where people talk. */
export interface SharedFile {
  readonly id: string
  readonly name: string
  /** In bytes, as it is said to have. */
  readonly size: number
  /** Who uploaded it, whoever shared it later. */
  readonly by: Person
  /** True if it came with the very message in which the words were said. */
  readonly own: boolean
}

/** Files where people talk. Throws `slack_unreachable`, and `upload_unread` where access is refused. */
export interface SharedFiles {
  /** Those that came with the message in which something was said. */
  listOwn(said: Utterance): Promise<readonly SharedFile[]>
  /** Those that were shared in a channel or its threads, newest first. */
  listIn(channel: string): Promise<readonly SharedFile[]>
  /** By its id; undefined where it was not shared in that channel. */
  findIn(channel: string, id: string): Promise<SharedFile | undefined>
  /** The whole content; refuses one of more bytes, and what is not the file. */
  read(file: SharedFile, most: number): Promise<Uint8Array>
}

/** What somebody shared and an owner asked to be run, word for word. */
export interface Upload {
  /** SHA-256 of the text in UTF-8, in lower-case hexadecimal: by it a job names it. */
  readonly sha256: string
  readonly name: string
  readonly text: string
  /** Who uploaded it. */
  readonly by: string
}

/** Keeps uploads where every worker reads them. The same text twice is one. */
export interface UploadShelf {
  keep(upload: Upload): Promise<void>
}
