/** One labelled log, or a piece of one, as it stands in a corpus. */
export interface Excerpt {
  readonly id: string
  /** One of text and base64: the latter where bytes matter, as those of another encoding. */
  readonly text?: string
  readonly base64?: string
  /** What it is scored under; its class without one. */
  readonly kind?: string
  /** Several where each is right; none where nothing failed. */
  readonly label: string | readonly string[] | null
  /** Line of the root, beginning with zero; several where each is right, null where nothing failed. */
  readonly key_line: number | readonly number[] | null
  readonly code: string | null
  readonly code_in_text: boolean
  /** Where the log says that it went wrong. */
  readonly table?: string
  readonly column?: string
  readonly row?: number
  /** Texts that nothing may show, and texts that something must. */
  readonly hide?: readonly string[]
  readonly show?: readonly string[]
}

export function readBytes({ text = '', base64 }: Excerpt): Buffer {
  return base64 === undefined ? Buffer.from(text, 'utf8') : Buffer.from(base64, 'base64')
}

/** Lines that are right, from zero; empty where nothing failed. */
export function listLines({ key_line }: Excerpt): readonly number[] {
  return key_line === null ? [] : typeof key_line === 'number' ? [key_line] : key_line
}

export function listLabels({ label }: Excerpt): readonly string[] {
  return typeof label === 'string' ? [label] : (label ?? [])
}
