/** What happened to a log between two reads, to be said to people because lines may be missing. */
export interface LogNote {
  readonly kind: /** The file was renamed away and a new one begun: nothing is lost. */
    | 'rotated'
    /** It was emptied in place. */
    | 'truncated'
    /** It was copied away and emptied in place, as logrotate's copytruncate does. */
    | 'copytruncated'
    /** A compressed predecessor is longer than may be read: its rest was left out. */
    | 'too_long'
    /** It could not be read or unpacked. */
    | 'unreadable'
    /** It is not UTF-8 and was decoded. */
    | 'recoded'
    /** Lines of it are in no encoding that is known. */
    | 'undecoded'
  readonly path: string
  /** Lines that were written between the last read and the change may not have been seen. */
  readonly mayMissLines: boolean
  /** For `recoded`: from which encodings. */
  readonly encodings?: readonly string[]
  /** For `undecoded`: how many. */
  readonly lines?: number
}

/** The next bytes of a log, which may be written over once the next are asked for; or a note on what happened to it. */
export type LogPiece = { readonly bytes: Buffer } | { readonly note: LogNote }
