import { analyseText } from '../../src/logs/analyse.ts'

/** One labelled piece of a real log. */
export interface Excerpt {
  readonly id: string
  readonly text: string
  readonly label: string
  /** Line of the root, beginning with zero. */
  readonly key_line: number
  readonly code: string | null
  readonly code_in_text: boolean
}

export interface Score {
  /** Shares of all excerpts, 0 to 1. */
  readonly label: number
  readonly rootFirst: number
  readonly rootInThree: number
  /** Share of the excerpts whose code is in the text. */
  readonly code: number
  readonly codes: number
  readonly misses: readonly string[]
}

/** Analyses each excerpt within the lines that `surround` gives it, and compares with its labels. */
export function scoreExcerpts(
  excerpts: readonly Excerpt[],
  surround: (index: number) => { readonly before: readonly string[]; readonly after: readonly string[] },
): Score {
  const hits = { label: 0, rootFirst: 0, rootInThree: 0, code: 0 }
  const misses: string[] = []
  const coded = excerpts.filter((excerpt) => excerpt.code_in_text && excerpt.code !== null)
  for (const [index, excerpt] of excerpts.entries()) {
    const { before, after } = surround(index)
    const { root, others } = analyseText([...before, excerpt.text, ...after].join('\n'))
    const wanted = before.length + excerpt.key_line + 1
    const found = [root, ...others].flatMap((cause) => (cause ? [cause.line.number] : []))
    const isLabel = root?.label === excerpt.label
    const isFirst = found[0] === wanted
    const isInThree = found.slice(0, 3).includes(wanted)
    const isCode =
      !coded.includes(excerpt) ||
      [root?.code, root?.codeName].some((code) => normalise(code) === normalise(excerpt.code))
    hits.label += isLabel ? 1 : 0
    hits.rootFirst += isFirst ? 1 : 0
    hits.rootInThree += isInThree ? 1 : 0
    if (coded.includes(excerpt) && isCode) hits.code += 1
    if (isLabel && isFirst && isCode) continue
    const lines = found.slice(0, 3).map((number) => number - before.length - 1)
    misses.push(
      `${excerpt.id}: ${root?.label ?? 'nothing'} for ${excerpt.label}, lines ${lines} for ${excerpt.key_line}, code ${root?.code} for ${excerpt.code}`,
    )
  }
  const share = (count: number, of: number) => (of === 0 ? 1 : Math.round((count / of) * 1_000) / 1_000)
  return {
    label: share(hits.label, excerpts.length),
    rootFirst: share(hits.rootFirst, excerpts.length),
    rootInThree: share(hits.rootInThree, excerpts.length),
    code: share(hits.code, coded.length),
    codes: coded.length,
    misses,
  }
}

/** Codes as people write them: `ORA-2291` and `ORA-02291` are one. */
function normalise(code: string | null | undefined): string {
  return String(code ?? '')
    .toUpperCase()
    .replace(/^([A-Z0-9*]+-)0+(?=\d)/, '$1')
    .replace(/^E(?=\d{5}$)/, '')
}
