import type { Stretch } from '../analysis.ts'

/** Stretches at most; with more, two neighbours become one. */
const most = 48

export interface Timeline {
  /** `at` is asked for only by the first event of a stretch. */
  add(line: number, at: () => string | null, isWarning: boolean): void
  list(): readonly Stretch[]
}

interface OpenStretch {
  readonly firstLine: number
  at: string | null
  errors: number
  warnings: number
}

/** Counts errors and warnings by stretches of lines, in memory for 48 of them however long the log is. */
export function createTimeline(): Timeline {
  let size = 256
  let stretches: OpenStretch[] = []
  return {
    add(line, at, isWarning) {
      while (line > size * most) {
        size *= 2
        stretches = halve(stretches)
      }
      const place = Math.floor((line - 1) / size)
      while (stretches.length <= place)
        stretches.push({ firstLine: stretches.length * size + 1, at: null, errors: 0, warnings: 0 })
      const stretch = stretches[place]
      if (!stretch) return
      stretch.at ??= at()
      if (isWarning) stretch.warnings += 1
      else stretch.errors += 1
    },
    list: () => stretches,
  }
}

function halve(stretches: readonly OpenStretch[]): OpenStretch[] {
  return stretches.flatMap((stretch, place) => {
    if (place % 2 === 1) return []
    const next = stretches[place + 1]
    stretch.at ??= next?.at ?? null
    stretch.errors += next?.errors ?? 0
    stretch.warnings += next?.warnings ?? 0
    return [stretch]
  })
}
