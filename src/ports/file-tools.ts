/** A regular file as it was read at one moment. */
export interface FoundFile {
  /** Absolute, with the links of its folder resolved. */
  readonly path: string
  readonly content: Uint8Array
  /** SHA-256 of the content, hex. */
  readonly digest: string
  readonly bytes: number
  /** Permission bits, as chmod takes them. */
  readonly mode: number
  readonly uid: number
  readonly gid: number
  /** ISO 8601. */
  readonly changedAt: string
}

/** One kept version of a file: `orders-api.yaml.v7` is labelled `v7`. */
export interface FileVersion {
  readonly label: string
  /** Of its entry in the folder of versions. */
  readonly name: string
  readonly path: string
}

/** What a folder of versions holds. */
export interface FileVersions {
  /** Those whose names say a place, the newest first unless `unordered`. */
  readonly versions: readonly FileVersion[]
  /** Those whose names say no place (`app.yaml.good`): only a person chooses them. */
  readonly named: readonly FileVersion[]
  /** Why none of them is the newest, for people; null where their names follow one scheme. */
  readonly unordered: string | null
  /** What lies there and is no version, each with the reason: a checksum, a copy, an example … */
  readonly others: readonly { readonly name: string; readonly why: string }[]
}

/** What a replacement does to a file, for people: secrets hidden, at most so many lines. */
export interface FileChange {
  readonly added: number
  readonly removed: number
  /** A unified diff; `hidden` lines more stand in the files. */
  readonly lines: readonly string[]
  readonly hidden: number
}

/** What a replacement is made of. `seen` and `wanted` are digests. */
export interface FileReplacement {
  readonly path: string
  readonly seen: string
  readonly content: Uint8Array
  readonly wanted: string
  /** Where the old file is kept: beside it, with mode and owner. */
  readonly kept: string
  readonly signal: AbortSignal
  /** Called last before the effect; throwing keeps the old file. */
  readonly beforeEffect: () => Promise<void>
}

/** Hands for files of this machine that are replaced as a whole. Errors are SalvorError `file_*`. */
export interface FileTools {
  /** A file of at most 1 MiB. A link that leaves its folder, and whatever is no regular file, is refused. */
  read(path: string): Promise<FoundFile>
  /** Throws `file_rights` where this process could not replace the file and keep mode and owner, `file_mounted` for a mount. */
  checkRights(file: FoundFile): Promise<void>
  /**
   * Names of what a replacement does not carry over: access lists, labels, extended attributes. Null where there is no
   * way to look.
   */
  readAttributes(path: string, signal: AbortSignal): Promise<string[] | null>
  /** `orders:orders`, as far as the accounts have names. */
  nameOwner(file: Pick<FoundFile, 'uid'>): Promise<string>
  /** Versions of a file in a folder, by the one scheme of names that the folder keeps to. */
  listVersions(folder: string, of: string): Promise<FileVersions>
  compare(before: Uint8Array, after: Uint8Array, most: number): FileChange
  /** Gives the work a copy that only this account can read, under the file's own name, and takes it away again. */
  withCopy<T>(content: Uint8Array, name: string, work: (path: string) => Promise<T>): Promise<T>
  /**
   * Replaces a file in one atomic move. Whatever happens, the old file or the new one is there as a whole. Throws
   * `file_changed` where the file is not the one that was seen.
   */
  replace(of: FileReplacement): Promise<void>
}
