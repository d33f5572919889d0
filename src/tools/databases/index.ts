import { rm } from 'node:fs/promises'
import { roleOfUrl } from '../../domain/role-of-url.ts'
import type { DatabaseTools } from '../../ports/database-tools.ts'
import { type Log, silentLog } from '../../ports/log.ts'
import { analyzeReading } from '../analyze.ts'
import { chooseReader } from '../choose-reader.ts'
import { readWriteMark } from '../content/write-mark.ts'
import { createRedactor, type Redact } from '../redact.ts'
import { findPlaces, withAdmin } from './admin-session.ts'
import { compareLiveDatabase } from './compare-live.ts'
import { findConnectionRoom } from './connection-room.ts'
import { countLiveOn } from './count-live.ts'
import { endSessionsIn, endSessionsNamed } from './end-sessions.ts'
import { acceptsConnections, holdOffDatabase, reopenDatabase } from './hold-off.ts'
import { identifyDatabase, refuseTwoServers } from './identify.ts'
import { keepsCommitTimes } from './leftovers.ts'
import { openLiveSession } from './live-session.ts'
import { refuseFewLocks } from './lock-room.ts'
import { lookUpServer } from './look-up.ts'
import { findFreeNames } from './names.ts'
import { preflightTarget } from './preflight.ts'
import { listSecuredTables, refuseHiddenRows } from './preflight-row-security.ts'
import { settleSwitchState } from './settle-switch.ts'
import { closeSideDatabase, readSideProof } from './side-proof.ts'
import { createSideDatabase, dropSideDatabase, listSideDatabases } from './sides.ts'
import { switchDatabases } from './switch-names.ts'
import { compareSwitched, planSwitch } from './write-switch.ts'

/** The hands for whole databases; every method opens and closes its own sessions, named after the step. */
export function createDatabaseTools(deps: { readonly log?: Log; readonly redact?: Redact } = {}): DatabaseTools {
  const { log = silentLog, redact = createRedactor([]) } = deps
  return {
    lookUp: lookUpServer,
    refuseTwoServers,
    identify: identifyDatabase,
    preflight: preflightTarget,
    findRoom: findConnectionRoom,
    refuseFewLocks,
    async refuseHiddenRows(target, database) {
      const tables = await listSecuredTables(target, database)
      const seesAll = (url: string) => {
        const roles = [roleOfUrl(url)]
        return withAdmin(target, (admin) => refuseHiddenRows(admin, { system: target.system, roles, tables }))
      }
      const reader = await chooseReader({ target, database })
      // Where neither sees all, what the lesser role lacks is what should be granted.
      if (reader.url === target.url || (await isRefused(seesAll(reader.url)))) await seesAll(target.url)
    },
    createSide: createSideDatabase,
    closeSide: closeSideDatabase,
    readSideProof,
    dropSide: dropSideDatabase,
    listSides: listSideDatabases,
    nextFreeNames: findFreeNames,
    analyze: (target, database, signal) => analyzeReading({ ...target, url: target.adminUrl }, database, signal),
    endStepSessions: (target, timeoutMs) =>
      withAdmin(
        target,
        async (admin) => (await endSessionsNamed(admin, target.session, timeoutMs)).remaining.length === 0,
      ),
    async switchNames(of) {
      const { live, side, old } = of.intent
      log.info({ live, side, old }, 'switching databases by rename')
      const done = await switchDatabases({ ...of, redact })
      log.info({ live, side, old, endedSessions: done.endedSessions }, 'databases switched')
      return done
    },
    async settleSwitch(target, intent) {
      const state = await settleSwitchState(target, intent)
      log.info({ live: intent.live, side: intent.side, state }, 'switch settled by OID')
      return state
    },
    planSwitch,
    compareSwitched,
    holdOff: holdOffDatabase,
    reopen: reopenDatabase,
    acceptsConnections,
    keepsCommitTimes: (target) => withAdmin(target, keepsCommitTimes),
    readWriteMark: (target) => withAdmin(target, readWriteMark),
    countLive: countLiveDatabase,
    compareLive: (of) => compareLiveDatabase(of, redact),
    removeLost: (folder) => rm(folder, { recursive: true, force: true }),
    locate: (target, oid) => withAdmin(target, async (admin) => (await findPlaces(admin, { oids: [oid] }))[0] ?? null),
  }
}

async function isRefused(work: Promise<void>): Promise<boolean> {
  try {
    await work
    return false
  } catch (thrown) {
    if ((thrown as { readonly code?: string }).code === 'target_row_security') return true
    throw thrown
  }
}

/** Counts over the maintenance role. Who slipped in while the door of a held-off database stood open is ended. */
const countLiveDatabase: DatabaseTools['countLive'] = ({ target, database, since, signal }) =>
  withAdmin(target, async (admin) => {
    const [place] = await findPlaces(admin, { names: [database] })
    const counter = await openLiveSession(admin, target, database, signal)
    try {
      if (place?.accepts === false) {
        const { rows } = await counter.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
        const spare = rows.map((row) => row.pid)
        await endSessionsIn(admin, { oids: [place.oid], spare, timeoutMs: 5000 })
      }
      return await countLiveOn(counter, since)
    } finally {
      await counter.end().catch(() => {})
    }
  })
