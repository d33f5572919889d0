/** Every key of a tree with what stands there, a node before its children, in their order. No depth exhausts the stack. */
export function* walkTree(tree: unknown): Generator<readonly [string, unknown]> {
  const waiting: (readonly [string, unknown])[] = entriesOf(tree)
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    yield at
    for (const entry of entriesOf(at[1])) waiting.push(entry)
  }
}

/** The last first: it is taken from the end. */
function entriesOf(value: unknown): (readonly [string, unknown])[] {
  return typeof value === 'object' && value !== null ? Object.entries(value).toReversed() : []
}
