import { type JudgedPoint, listOwn } from './archive-origin.ts'

/** Which restore points a request means, best first, and which lie after the beginning of the migration. */
export type RestoreChoice =
  | {
      readonly kind: 'chosen'
      /** A named one stands alone; else every usable one in the order in which they are tried. */
      readonly candidates: readonly JudgedPoint[]
      /** Ids of those that were taken after the migration began: they may hold its damage. */
      readonly later: readonly string[]
    }
  /** No point with that id; `known` are the ids there are. */
  | { readonly kind: 'unknown'; readonly known: readonly string[] }
  /** Nobody said when the migration began, so no point can be known to precede it. */
  | { readonly kind: 'beginning_unknown' }
  /** `foreign` are ids of usable ones that were left out: not proven to be of this system, or of another database. */
  | { readonly kind: 'none'; readonly foreign: readonly string[] }

/** Taken when the migration had begun: it may hold its damage. Of an unknown beginning nothing is later. */
export function isAfterBeginning(point: { readonly takenAt: string }, beganAt: string | null): boolean {
  return beganAt !== null && Date.parse(point.takenAt) >= Date.parse(beganAt)
}

/**
 * The rule: without a name, the newest usable point whose snapshot precedes the beginning of the migration, never
 * simply the newest, and only of the system's own. `latest` and an id are a person's own choice and may be later ones; a named point is taken
 * even with a known problem, so that the problem is told instead of another point being taken in silence.
 */
export function chooseRestorePoint(of: {
  readonly points: readonly JudgedPoint[]
  readonly beganAt: string | null
  readonly wanted: string | null
}): RestoreChoice {
  const newestFirst = [...of.points].sort((one, other) => Date.parse(other.takenAt) - Date.parse(one.takenAt))
  const { beganAt } = of
  const isLater = (point: JudgedPoint) => isAfterBeginning(point, beganAt)
  const later = newestFirst.filter(isLater).map((point) => point.id)
  if (of.wanted !== null && of.wanted !== 'latest') {
    const only = findNamed(newestFirst, of.wanted)
    if (only === undefined) return { kind: 'unknown', known: newestFirst.map((point) => point.id) }
    return { kind: 'chosen', candidates: [only], later }
  }
  if (of.wanted === null && beganAt === null) return { kind: 'beginning_unknown' }
  const own = listOwn(newestFirst)
  const candidates = of.wanted === 'latest' ? own : own.filter((point) => !isLater(point))
  const foreign = newestFirst.filter((point) => point.origin !== 'own' && point.problem === null).map(({ id }) => id)
  return candidates.length === 0 ? { kind: 'none', foreign } : { kind: 'chosen', candidates, later }
}

/** The one point that a person named by its id, or by its file; undefined for none, and for several of that name. */
export function findNamed<P extends JudgedPoint>(points: readonly P[], name: string): P | undefined {
  const id = name.toLowerCase()
  const isNamed = ({ id: own, path }: P) => own.toLowerCase() === id || path === name || path.endsWith(`/${name}`)
  const [only, ...others] = points.filter(isNamed)
  return others.length === 0 ? only : undefined
}
