/** All text inside a cell or a piece of rich text, which is a tree; '' where there is none. */
export function readWords(part: unknown): string {
  if (Array.isArray(part)) return part.map(readWords).join('')
  if (typeof part !== 'object' || part === null) return ''
  const { text, elements } = part as { text?: unknown; elements?: unknown }
  return typeof text === 'string' ? text : readWords(elements)
}
