import type { Stretch } from '../analysis.ts'

/** Stretches at most; with more, two neighbours become one. */
const most = 48

export interface Timeline {
  add(line: number, at: string | null, isWarning: boolean): void
  list(): readonly Stretch[]
}

/** Counts errors and warnings by stretches of lines, in memory for 48 of them however long the log is. */
export function createTimeline(): Timeline {
  let size = 256
  let stretches: { firstLine: number; at: string | null; errors: number; warnings: number }[] = []
  return {
    add(line, at, isWarning) {
      while (line > size * most) {
        size *= 2
        stretches = stretches.reduce<typeof stretches>((merged, stretch, place) => {
          const before = merged.at(-1)
          if (place % 2 === 0 || !before) return [...merged, stretch]
          before.errors += stretch.errors
          before.warnings += stretch.warnings
          before.at ??= stretch.at
          return merged
        }, [])
      }
      const place = Math.floor((line - 1) / size)
      while (stretches.length <= place)
        stretches.push({ firstLine: stretches.length * size + 1, at: null, errors: 0, warnings: 0 })
      const stretch = stretches[place]
      if (!stretch) return
      stretch.at ??= at
      if (isWarning) stretch.warnings += 1
      else stretch.errors += 1
    },
    list: () => stretches,
  }
}
