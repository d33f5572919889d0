/** One step is `next[state + classes[byte]]`; a state from `accepting` on says that a word or the line has ended. */
export interface Automaton {
  readonly classes: Uint8Array
  readonly next: Uint32Array
  readonly accepting: number
}

const newline = 10

/**
 * An automaton of the kind of Aho and Corasick (CACM 1975) that finds any of the words, letters of ASCII in either case.
 * Every step is one look into a table, so that its time depends neither on how many words there are nor on the bytes.
 * Words are latin1: characters stand for bytes; at most 250 different ones (case aside), none a newline.
 */
export function buildAutomaton(words: readonly string[]): Automaton {
  const classes = new Uint8Array(256)
  classes[newline] = 1
  let width = 2
  for (const character of new Set(fold(words.join('')))) {
    classes[character.charCodeAt(0)] = width
    if (/[a-z]/.test(character)) classes[character.toUpperCase().charCodeAt(0)] = width
    width += 1
  }
  return { classes, ...buildTable(words, classes, width) }
}

/** Letters of ASCII only: bytes of other letters have no case of their own. */
function fold(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase())
}

interface Node {
  readonly children: Map<number, number>
  fail: number
  isEnd: boolean
}

/** States as offsets into the table; those that end a word come last, so that one comparison tells them. */
function buildTable(
  words: readonly string[],
  classes: Uint8Array,
  width: number,
): { next: Uint32Array; accepting: number } {
  const nodes: Node[] = [
    { children: new Map([[1, 1]]), fail: 0, isEnd: false },
    { children: new Map(), fail: 0, isEnd: true },
  ]
  for (const word of words) {
    let at = 0
    for (const character of fold(word)) {
      const step = classes[character.charCodeAt(0)] ?? 0
      const known = nodes[at]?.children.get(step)
      if (known === undefined) {
        nodes.push({ children: new Map(), fail: 0, isEnd: false })
        nodes[at]?.children.set(step, nodes.length - 1)
      }
      at = known ?? nodes.length - 1
    }
    const end = nodes[at]
    if (end) end.isEnd = true
  }
  const go = (from: number, step: number): number => {
    for (let at = from; ; at = nodes[at]?.fail ?? 0) {
      const to = nodes[at]?.children.get(step)
      if (to !== undefined) return to
      if (at === 0) return 0
    }
  }
  const order = [0]
  for (const at of order) {
    for (const [step, to] of nodes[at]?.children ?? []) {
      const child = nodes[to]
      if (!child) continue
      child.fail = at === 0 ? 0 : go(nodes[at]?.fail ?? 0, step)
      child.isEnd ||= nodes[child.fail]?.isEnd ?? false
      order.push(to)
    }
  }
  const sorted = [...order.filter((at) => !nodes[at]?.isEnd), ...order.filter((at) => nodes[at]?.isEnd)]
  const offsets = new Map(sorted.map((at, place) => [at, place * width]))
  const next = new Uint32Array(nodes.length * width)
  for (const at of sorted) {
    for (let step = 0; step < width; step++) next[(offsets.get(at) ?? 0) + step] = offsets.get(go(at, step)) ?? 0
  }
  return { next, accepting: sorted.filter((at) => !nodes[at]?.isEnd).length * width }
}
