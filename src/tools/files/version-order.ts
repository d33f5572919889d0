/** A name that says its place among others of the same scheme. Places of two schemes say nothing about each other. */
export interface VersionPlace {
  /** `v#` for v7 and v10, `#.#` for any count of numbers, `date` for dates however they are written. */
  readonly scheme: string
  /** Greater is newer; what is not said counts as 0. */
  readonly place: readonly bigint[]
}

/**
 * The place that a label says: a date with or without a time, or numbers with one word before them (`v7`, `1.2.10`,
 * `release-12`). Null for every other name, and for dates that people read in two ways (`01-03-2026`).
 */
export function readPlace(label: string): VersionPlace | null {
  return readDate(label) ?? readNumbers(label)
}

/** The newer is the greater; 0 for the same place. */
export function comparePlaces(one: VersionPlace, other: VersionPlace): number {
  for (let at = 0; at < Math.max(one.place.length, other.place.length); at++) {
    const difference = (one.place[at] ?? 0n) - (other.place[at] ?? 0n)
    if (difference !== 0n) return difference > 0n ? 1 : -1
  }
  return 0
}

const date = /^((?:19|20)\d\d)([-._]?)(\d\d)(?:\2(\d\d))?(?:[T _.-]?(\d\d)(?:[:._h-]?(\d\d)(?:[:._m-]?(\d\d))?)?)?(Z)?$/

function readDate(label: string): VersionPlace | null {
  const epoch = /^(1\d{9})(\d{3})?$/.exec(label)
  if (epoch) return { scheme: 'date', place: [BigInt(epoch[1] ?? 0) * 1000n + BigInt(epoch[2] ?? 0)] }
  const [, year, separator, month, day, hour, minute, second] = date.exec(label) ?? []
  if (year === undefined || month === undefined) return null
  // `202603` and `2026.10` are as well numbers as months.
  if (day === undefined && (separator !== '-' || hour !== undefined)) return null
  const parts = [
    Number(year),
    Number(month),
    Number(day ?? 1),
    Number(hour ?? 0),
    Number(minute ?? 0),
    Number(second ?? 0),
  ]
  const [y = 0, m = 0, ...rest] = parts
  const at = new Date(Date.UTC(y, m - 1, ...rest))
  const read = [at.getUTCFullYear(), at.getUTCMonth() + 1, at.getUTCDate(), at.getUTCHours(), at.getUTCMinutes()]
  if (read.some((value, index) => value !== parts[index])) return null
  return { scheme: 'date', place: [BigInt(at.getTime())] }
}

function readNumbers(label: string): VersionPlace | null {
  const [, word = '', separator = '', numbers] = /^(?:(\p{L}+)([-_. ]?))?(\d+(?:\.\d+)*)$/u.exec(label) ?? []
  if (numbers === undefined || /^\d{1,2}\.\d{1,2}\.(19|20)\d\d$/.test(numbers)) return null
  const place = numbers.split('.').map(BigInt)
  return { scheme: `${word.toLowerCase()}${separator}#`, place }
}
