import { isTag, type Tag } from './tag.ts'

/** Signs between fields; a comma stands in sentences too. */
const signs = ['\t', '|', ';']
/** What is none of a person's data though it stands in a row: names, levels, times, numbers, and words of an error. */
const plain =
  /^(?:[A-Z][A-Z0-9_]{0,30}|[\w.:/\\$-]*[_./\\:$-][\w.:/\\$-]*|[a-z]{1,24}|[\d\s.,:+-]*)$|\b(?:error|errors|failed|failure|exception|invalid|missing|denied|violat\w*|exists?|not|cannot|null|too|was|were|is|are|has)\b/i

/** In a line of fields of which one was told to be a person's, the others are theirs too, whatever they look like. */
export function hideTaggedRows(text: string, tag: Tag): string {
  if (!text.includes('›')) return text
  return text
    .split('\n')
    .map((line) => (line.includes('›') ? hideFields(line, tag) : line))
    .join('\n')
}

function hideFields(line: string, tag: Tag): string {
  const sign = signs.find((one) => line.split(one, 4).length > 2)
  if (sign === undefined || line.length > 20_000) return line
  const fields = line.split(sign)
  if (!fields.some((field) => isTag(bare(field)))) return line
  return fields.map((field, at) => hideField(field, at === 0, tag)).join(sign)
}

/** Without blanks and quotes around it. */
function bare(field: string): string {
  return field.trim().replace(/^(["'])(.*)\1$/, '$2')
}

function hideField(field: string, isFirst: boolean, tag: Tag): string {
  // In front of the first a program says what it is.
  const from = isFirst ? Math.max(field.lastIndexOf(': ') + 2, 0) : 0
  const label = isFirst && field.includes(': ') ? field.slice(0, from) : ''
  const value = bare(field.slice(label.length))
  if (!/\p{L}/u.test(value) || value.includes('‹') || plain.test(value)) return field
  return label + field.slice(label.length).replace(value, () => tag('text', value))
}
