/** What tells one file from another, and how far it has grown. */
export interface LogFileState {
  /** Device and inode: the same file keeps them when it is renamed. */
  readonly device: string
  readonly inode: string
  /** Bytes. */
  readonly size: number
  /** Milliseconds since 1970. */
  readonly modifiedAt: number
}

/** A file held open: it stays readable after it was renamed or removed. */
export interface OpenLogFile {
  readonly state: LogFileState
  /**
   * Reads at most `length` bytes at `offset`; an empty buffer at the end. The buffer is the caller's: a new one, or where
   * it gives one to be written to (as long as `length`), a part of that.
   */
  read(offset: number, length: number, into?: Buffer): Promise<Buffer>
  close(): Promise<void>
}

/** Files of logs on one host, read only: of this machine, later of one behind ssh. */
export interface LogFiles {
  /** Null when there is no such file. */
  find(path: string): Promise<LogFileState | null>
  /** Null when there is no such file; throws what the host says when it may not be read. */
  open(path: string): Promise<OpenLogFile | null>
  /** Names in the folder of a path, in no order; empty when the folder cannot be read. */
  listBeside(path: string): Promise<readonly string[]>
}
