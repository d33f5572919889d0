import type { Orders } from '../scenario/index.ts'
import type { PatientState } from '../slack/page/wire.ts'
import { judgeTables, type TableContent } from './judge-tables.ts'
import { lookAtConfig } from './look-at-config.ts'
import { lookAtService } from './look-at-service.ts'
import { createTableReader } from './read-tables.ts'
import { readWork } from './read-work.ts'

/** The victim of a failed migration, watched from outside: nothing of Salvor's is asked but who is at work. */
export interface Patient {
  /** Now, or at most a second and a half ago. Never throws: what cannot be seen is `unknown` or `busy`. */
  look(): Promise<PatientState>
}

/** Somebody who watches the page asks every few seconds, several windows more often; each look reads whole tables. */
const LOOK_EVERY_MS = 1_500

/**
 * Remembers how the shop is now, before its migration, and compares with that from then on. `storeUrl` is Salvor's
 * store, where locks say which job is at work; `now` counts milliseconds since the epoch.
 */
export async function createPatient(orders: Orders, storeUrl: string, now: () => number = Date.now): Promise<Patient> {
  const reader = createTableReader(orders.database.url)
  const before = await reader.read()
  let known: ReadonlyMap<string, TableContent> = before
  let last: PatientState | undefined
  let looking: Promise<PatientState> | undefined

  const look = async (): Promise<PatientState> => {
    const work = await readWork(storeUrl)
    // One lock for a service and its files.
    const atService = work.get('service:orders-api')
    const [tables, service] = await Promise.all([
      reader.read().catch(() => undefined),
      lookAtService(orders, atService),
    ])
    known = tables ?? known
    const atDatabase = work.get('database:orders-db')
    return {
      tables: judgeTables(before, tables ?? { last: known }, atDatabase !== undefined),
      services: [service],
      files: lookAtConfig(orders, atService?.startsWith('config-') ? atService : undefined),
      ...(atDatabase === undefined ? {} : { work: atDatabase }),
      at: now(),
    }
  }
  return {
    look() {
      if (last && now() - last.at < LOOK_EVERY_MS) return Promise.resolve(last)
      looking ??= look()
        .then((seen) => {
          last = seen
          return seen
        })
        .finally(() => {
          looking = undefined
        })
      return looking
    },
  }
}
