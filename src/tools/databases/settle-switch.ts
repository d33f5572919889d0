import type pg from 'pg'
import type { TargetAddress } from '../../ports/content-tools.ts'
import type { SwitchIntent, SwitchState } from '../../ports/database-tools.ts'
import { findPlaces, readSystemIdentifier, withAdmin } from './admin-session.ts'
import { endSessionsNamed } from './end-sessions.ts'
import { writeDoor } from './hold-off.ts'

/** A backend in the middle of a commit or a rename is gone well within this, in milliseconds. */
const END_TIMEOUT_MS = 10_000

/**
 * Asks the world by OID which side of the switch it is on, and brings it to rest there: a live database that is
 * held off but not switched is opened again, a new live one that does not accept connections as well. Safe to
 * repeat. First the step's own sessions must be gone, else a commit under way could still change the answer.
 */
export function settleSwitchState(target: TargetAddress, intent: SwitchIntent): Promise<SwitchState> {
  return withAdmin(target, async (admin) => {
    const { remaining } = await endSessionsNamed(admin, target.session, END_TIMEOUT_MS)
    if (remaining.length > 0) return 'unknown'
    if ((await readSystemIdentifier(admin)) !== intent.systemIdentifier) return 'unknown'
    const places = await findPlaces(admin, { oids: [intent.liveOid, intent.sideOid].filter((oid) => oid !== null) })
    const live = places.find((one) => one.oid === intent.liveOid)
    const side = places.find((one) => one.oid === intent.sideOid)
    if (intent.sideOid === null ? live?.name === intent.old : side?.name === intent.live) {
      if (side !== undefined && !side.accepts) await openDoor(admin, intent.live)
      return 'switched'
    }
    // Without a live one side's own name tells.
    if (intent.liveOid === null ? side?.name !== intent.side : live?.name !== intent.live) return 'unknown'
    if (live?.accepts === false && !intent.liveInvalid && !intent.wasHeldOff) await openDoor(admin, intent.live)
    // Side was closed for the switch alone: the next attempt, or whoever looks for what happened, must get in.
    if (intent.proof !== undefined && side?.name === intent.side && !side.accepts) await openDoor(admin, intent.side)
    return 'not_switched'
  })
}

async function openDoor(admin: pg.Client, database: string): Promise<void> {
  await admin.query(writeDoor(database, true))
}
