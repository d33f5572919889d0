import type { ArchiveSource, RestorePoint } from './content.ts'

/** A database as one server numbers it. Names move, these do not. */
export interface DatabasePlace {
  readonly systemIdentifier: string
  readonly oid: number
}

/** What is known of a system's database when its archives are told apart. */
export interface KnownDatabase {
  /** By the plan's address. */
  readonly name: string
  /** The server that answers for it; null while none could be asked. */
  readonly systemIdentifier: string | null
  /** null where the server has no such database now. */
  readonly oid: number | null
  /** Databases that were this system's before, as the journal says: each side of each switch. */
  readonly lineage: readonly DatabasePlace[]
  /** All databases of the server by OID. */
  readonly standing: ReadonlyMap<number, string>
}

/**
 * `own`: made of this system's database. `unproven`: of one with the same name, and nothing shows that it was this
 * one. `other`: of another database.
 */
export type Origin = 'own' | 'unproven' | 'other'

export type JudgedPoint = RestorePoint & { readonly origin: Origin }

/**
 * The one rule by which an archive belongs to a system. A manifest's numbers say it best: they are those of live or of
 * its lineage. Where they are unknown here, the same name on a known server is meant if that number is no longer in
 * use, and the same name on an unknown server proves nothing. Without numbers the header's name has to do.
 */
export function judgeOrigin(source: ArchiveSource, known: KnownDatabase): Origin {
  const { systemIdentifier, databaseOid, database } = source
  const sameName = database === known.name
  if (systemIdentifier === null || databaseOid === null) return sameName ? 'own' : 'other'
  const live = known.oid === null || known.systemIdentifier === null ? [] : [{ ...known, oid: known.oid }]
  const isOurs = [...live, ...known.lineage].some(
    (one) => one.systemIdentifier === systemIdentifier && one.oid === databaseOid,
  )
  if (isOurs) return 'own'
  if (!sameName) return 'other'
  return systemIdentifier === known.systemIdentifier && !known.standing.has(databaseOid) ? 'own' : 'unproven'
}

/**
 * A backup of a whole cluster holds all of its databases: it is the system's own where it was taken of the server that
 * answers, or of one on which the system was before. Whether the database is in it shows once it is restored.
 */
export function judgeCluster(systemIdentifier: string | null, known: KnownDatabase): Origin {
  const servers = [known.systemIdentifier, ...known.lineage.map((one) => one.systemIdentifier)]
  return systemIdentifier !== null && servers.includes(systemIdentifier) ? 'own' : 'unproven'
}

/** What nobody named may be taken from: usable archives of the system itself, newest first. */
export function listOwn(points: readonly JudgedPoint[]): JudgedPoint[] {
  return points
    .filter((point) => point.origin === 'own' && point.problem === null)
    .sort((one, other) => Date.parse(other.takenAt) - Date.parse(one.takenAt))
}
