import type pg from 'pg'
import type { DatabaseProperties } from '../../domain/database-properties.ts'
import { SalvorError } from '../../domain/errors/fail.ts'
import type { TargetAddress } from '../../ports/content-tools.ts'
import type { DatabaseTools, SwitchIntent } from '../../ports/database-tools.ts'
import { mapTargetError } from '../postgres-errors.ts'
import type { Redact } from '../redact.ts'
import { findPlaces, readSystemIdentifier, withAdmin } from './admin-session.ts'
import { countLiveOn } from './count-live.ts'
import { endSessionsIn } from './end-sessions.ts'
import { END_TIMEOUT_MS, refuseRemaining, writeDoor } from './hold-off.ts'
import { openLiveSession } from './live-session.ts'
import { type LookedAhead, lookAhead, lookAlone } from './look-ahead.ts'
import { refuseBlockers } from './preflight-blockers.ts'
import { compareProperties, readDatabaseProperties } from './read-properties.ts'
import { settleSwitchState } from './settle-switch.ts'
import { findSideChanges } from './side-proof.ts'
import { writeSwitch } from './write-switch.ts'

type SwitchOrder = Parameters<DatabaseTools['switchNames']>[0] & { readonly redact: Redact }

/**
 * Rule 6, in the order in which it happens. Whatever goes wrong, the world is asked afterwards which side of the
 * switch it is on, once no statement of ours can be under way any more: only that decides what is answered.
 */
export async function switchDatabases(
  order: SwitchOrder,
): Promise<{ endedSessions: number; properties: DatabaseProperties }> {
  const { target, intent } = order
  let closed: Closed = { ended: 0, own: [] }
  try {
    await withAdmin(target, async (admin) => {
      await checkBefore(admin, order)
      const side = await openProvenSide(admin, order)
      try {
        if (intent.liveOid !== null && !intent.liveInvalid)
          closed = await closeAndCount(admin, order, { liveOid: intent.liveOid, side })
      } finally {
        await side?.end().catch(() => {})
      }
      // The last moment at which a stop can still be heard: what follows is one transaction.
      order.signal.throwIfAborted()
      await refuseLate(admin, order, closed.own)
      await endOthers(admin, order, [intent.sideOid])
      await renameAndCarry(admin, order)
    })
  } catch (thrown) {
    await settleAfter(order, thrown)
  }
  return { endedSessions: closed.ended, properties: await readCarried(target, intent) }
}

interface Closed {
  /** Sessions of others that were ended. */
  readonly ended: number
  /** Our own sessions in live. */
  readonly own: readonly number[]
}

/** Nobody writes to live from here on; what it holds now is asked once more. */
async function closeAndCount(
  admin: pg.Client,
  order: SwitchOrder,
  { liveOid, side: other }: { readonly liveOid: number; readonly side: pg.Client | null },
): Promise<Closed> {
  const { target, intent, signal, redact } = order
  const later = await openLiveSession(admin, target, intent.live)
  const own = [later]
  let looked: LookedAhead | undefined
  try {
    await order.ahead?.({
      async lookAhead(question, lostRows) {
        if (other === null) throw new Error(`there is no database to compare ${intent.live} with`)
        const earlier = await openSecond(admin, order)
        const of = { question, lostRows }
        if (earlier === null) looked = await lookAlone({ target, later, other, signal, redact }, of)
        else {
          own.push(earlier)
          looked = await lookAhead({ target, earlier, later, other, signal, redact }, of)
        }
        return looked.found
      },
    })
    // It took its time.
    if (looked !== undefined) await checkBefore(admin, order)
    await admin.query(writeDoor(intent.live, false))
    const pids = await Promise.all(own.map(readPid))
    const ended = await endOthers(admin, order, [liveOid], pids)
    // The same list as preflight's: what came while the approval waited stops the switch as well.
    await refuseBlockers(admin, intent.live)
    await order.recount({
      count: () => countLiveOn(later, intent.mark),
      compare() {
        if (looked === undefined) throw new Error(`nobody looked at ${intent.live} before it was closed`)
        return looked.again()
      },
    })
    return { ended, own: pids }
  } finally {
    await looked?.[Symbol.asyncDispose]()
    for (const session of own) await session.end().catch(() => {})
  }
}

/** null where a limit lets nobody else in. */
async function openSecond(admin: pg.Client, { target, intent }: SwitchOrder): Promise<pg.Client | null> {
  try {
    return await openLiveSession(admin, target, intent.live)
  } catch (thrown) {
    if (thrown instanceof SalvorError && thrown.code === 'target_connections') return null
    throw thrown
  }
}

/**
 * Closes side for good, before anything happens to live, and refuses it if it is not what was proven. Whoever owns
 * what is in it may have found a way in meanwhile. Answers the one session that is in there, so that its door need not
 * be opened again; null where nothing takes live's place.
 */
async function openProvenSide(admin: pg.Client, order: SwitchOrder): Promise<pg.Client | null> {
  const { target, intent } = order
  if (intent.sideOid === null) return null
  const session = await openLiveSession(admin, target, intent.side, order.signal)
  if (intent.proof === undefined) return session
  try {
    await admin.query(writeDoor(intent.side, false))
    await endOthers(admin, order, [intent.sideOid], [await readPid(session)])
    const changes = await findSideChanges(session, intent.proof, intent.proof.rows)
    if (changes.length > 0)
      throw changed(target, `${intent.side} is not what was proven: ${changes.slice(0, 5).join('; ')}`)
    return session
  } catch (thrown) {
    await session.end().catch(() => {})
    throw thrown
  }
}

/** The target is still what the intent says, name by name and OID by OID, with the properties that were shown. */
async function checkBefore(admin: pg.Client, { target, intent }: SwitchOrder): Promise<void> {
  if ((await readSystemIdentifier(admin)) !== intent.systemIdentifier)
    throw changed(target, 'it is another server than the one that was looked at')
  const places = await findPlaces(admin, { names: [intent.live, intent.side, intent.old] })
  const oidOf = (name: string) => places.find((one) => one.name === name)?.oid
  if (oidOf(intent.live) !== (intent.liveOid ?? undefined))
    throw changed(
      target,
      intent.liveOid === null ? `there is a ${intent.live} now` : `${intent.live} is another database now`,
    )
  if (intent.sideOid !== null && oidOf(intent.side) !== intent.sideOid)
    throw changed(target, `${intent.side} is gone or another database now`)
  if (intent.present === null) return
  if (oidOf(intent.old) !== undefined)
    throw new SalvorError('target_name_taken', { name: intent.old, system: target.system })
  const now = await readDatabaseProperties(admin, target.system, intent.live)
  const differences = await compareProperties(admin, intent.present, now)
  if (differences.length > 0) throw changed(target, differences.join('; '))
  await refuseBlockers(admin, intent.live)
}

/** Ends everybody in there but `spare`: our own sessions, which were there before the door was closed. */
async function endOthers(
  admin: pg.Client,
  { target }: SwitchOrder,
  these: readonly (number | null)[],
  spare: readonly number[] = [],
): Promise<number> {
  const oids = these.filter((oid) => oid !== null)
  const { ended, remaining } = await endSessionsIn(admin, { oids, spare, timeoutMs: END_TIMEOUT_MS })
  if (remaining.length > 0) throw refuseRemaining(target, remaining)
  return ended
}

/**
 * A connection that had passed the door before it was closed may come to light only after the last look at live, on a
 * server that is slow to let it in. It is ended, and nobody can say what it wrote.
 */
async function refuseLate(admin: pg.Client, order: SwitchOrder, own: readonly number[]): Promise<void> {
  const { live, liveOid } = order.intent
  const late = await endOthers(admin, order, [liveOid], own)
  if (late > 0) throw changed(order.target, `somebody got into ${live} after it was looked at for the last time`)
}

/** One transaction: after a crash all of it has happened or nothing. */
async function renameAndCarry(admin: pg.Client, { target, intent }: SwitchOrder): Promise<void> {
  const { renames, carry } = await writeSwitch(admin, target.system, intent)
  await admin.query('BEGIN')
  for (const statement of renames) await admin.query(statement)
  // Asked after the renames: their locks keep names and OIDs together until the commit.
  const places = await findPlaces(admin, { names: [intent.live, intent.old] })
  const oidOf = (wanted: string) => places.find((one) => one.name === wanted)?.oid
  const isAside = intent.liveOid === null || oidOf(intent.old) === intent.liveOid
  if (!isAside || oidOf(intent.live) !== (intent.sideOid ?? undefined))
    throw changed(target, 'a database was replaced under its name in the last moment')
  for (const statement of carry) await admin.query(statement)
  await admin.query('COMMIT')
}

/**
 * Answers normally if the switch happened after all (its answer was lost on the way), else throws: the cause, with
 * live open again, or `step_unknown` if nobody can say.
 */
async function settleAfter({ target, intent }: SwitchOrder, cause: unknown): Promise<void> {
  const state = await settleSwitchState(target, intent).catch(() => 'unknown' as const)
  if (state === 'switched') return
  if (state === 'unknown') {
    const { step } = target.session
    const facts = { step, system: target.system, job: step.slice(0, step.indexOf('/')) }
    throw new SalvorError('step_unknown', facts, { cause })
  }
  const known = mapTargetError(cause, target.system)
  if (known instanceof SalvorError || (cause as Error)?.name === 'AbortError') throw known
  const seen = known instanceof Error ? known.message : String(known)
  throw new SalvorError('switch_failed', { seen }, { cause })
}

async function readCarried(target: TargetAddress, intent: SwitchIntent): Promise<DatabaseProperties> {
  if (intent.sideOid === null) return intent.properties
  return withAdmin(target, (admin) => readDatabaseProperties(admin, target.system, intent.live))
}

async function readPid(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
  return rows[0]?.pid ?? 0
}

function changed(target: TargetAddress, seen: string): SalvorError {
  return new SalvorError('target_changed', { system: target.system, seen })
}
