import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Orders } from '../prepare-scenario.ts'
import { readRecord } from '../service/process-record.ts'
import { countTables } from './count-tables.ts'

/** `before`: rows at backup time, undefined for a table that the migration made. `now`: undefined for one that is gone. */
export type InspectedTable = { name: string; before?: number; now?: number }

/** `health` as the service answers `/healthz`; undefined while it does not answer. */
export type InspectedService = { running: boolean; health?: { status: number; body: unknown } }

/** `now` undefined: the file is gone. */
export type InspectedConfig = { path: string; good: string; now?: string; same: boolean }

/** Tables of before and of now, by name; undefined while the database lets nobody in, as during a switch. */
export async function inspectTables(orders: Orders): Promise<InspectedTable[] | undefined> {
  const now = await countTables(orders.database.appUrl).catch(() => undefined)
  if (now === undefined) return undefined
  const tables = new Map<string, InspectedTable>()
  for (const { name, rows } of orders.before.tables) tables.set(name, { name, before: rows })
  for (const { name, rows } of now) tables.set(name, { name, ...tables.get(name), now: rows })
  return [...tables.values()].toSorted((one, other) => one.name.localeCompare(other.name))
}

/** Asks the process and, if it runs, its health; within a second. */
export async function inspectService(orders: Orders): Promise<InspectedService> {
  if (readRecord(join(orders.dir, 'run', 'orders-api.pid')) === undefined) return { running: false }
  try {
    const response = await fetch(`${orders.apiUrl}/healthz`, { signal: AbortSignal.timeout(1_000) })
    return { running: true, health: { status: response.status, body: await response.json() } }
  } catch {
    return { running: true }
  }
}

/** The text of the service's config and of its good version, for a diff. */
export function inspectConfig({ config }: Pick<Orders, 'config'>): InspectedConfig {
  const good = readFileSync(config.good, 'utf8')
  if (!existsSync(config.path)) return { path: config.path, good, same: false }
  const now = readFileSync(config.path, 'utf8')
  return { path: config.path, good, now, same: now === good }
}
