import type pg from 'pg'
import { roleOfUrl } from '../domain/role-of-url.ts'
import { codeOf } from './postgres-errors.ts'
import type { SessionSettings } from './session-settings.ts'

/** Version 17 brought triggers that fire when a session begins, and the setting that keeps them from it. */
const SINCE = 170_000

/**
 * By server and role: whether it may switch them off. A session cannot ask before it begins, so another one asks in
 * the database `postgres`, once. Who is not let in there has them fire.
 */
const quiet = new Map<string, boolean>()

/** What keeps triggers of a database from firing for a session of ours, where its role may say so. */
export function silenceTriggers(url: string): SessionSettings {
  return quiet.get(keyOf(url)) ? { event_triggers: 'off' } : {}
}

/** Forgets what was learnt of a server: true if there was anything to forget, such as of one that is older by now. */
export function forgetTriggers(url: string): boolean {
  const was = quiet.get(keyOf(url)) ?? false
  quiet.delete(keyOf(url))
  return was
}

/** Whether this server and role are still to be asked. */
export function isUnknown(url: string): boolean {
  return !quiet.has(keyOf(url))
}

/** Asks over a session that is not connected yet, and ends it. A server that cannot be reached is asked again. */
export async function learnTriggers(client: pg.Client, url: string): Promise<void> {
  try {
    await client.connect()
    const { rows } = await client.query<{ number: number }>(
      `SELECT pg_catalog.current_setting('server_version_num')::pg_catalog.int4 AS number`,
    )
    quiet.set(keyOf(url), (rows[0]?.number ?? 0) >= SINCE && (await maySilence(client, url)))
  } catch (thrown) {
    if (/^[0-9A-Z]{5}$/.test(codeOf(thrown))) quiet.set(keyOf(url), false)
  } finally {
    await client.end().catch(() => {})
  }
}

async function maySilence(client: pg.Client, url: string): Promise<boolean> {
  const { rows } = await client.query<{ may: boolean }>(
    `SELECT pg_catalog.has_parameter_privilege(oid, 'event_triggers', 'SET') AS may FROM pg_catalog.pg_roles WHERE rolname = $1`,
    [roleOfUrl(url)],
  )
  return rows[0]?.may ?? false
}

function keyOf(url: string): string {
  if (!URL.canParse(url)) return url
  const { hostname, port, username } = new URL(url)
  return `${username}@${hostname}:${port}`
}
