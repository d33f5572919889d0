/** What the new file does not have of the old one; nothing to say where a look found nothing. */
export function sayNotKept({ attributes }: { readonly attributes: readonly string[] | null }): string[] {
  if (attributes === null)
    return ['Not known whether it has access lists or attributes; the new file gets none of them']
  return attributes.length === 0 ? [] : [`Not carried over to the new file: ${attributes.join(', ')}`]
}
