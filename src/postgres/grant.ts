import { readFileSync } from 'node:fs'
import type pg from 'pg'

const scripts = ['bot', 'worker', 'terminal'] as const

/**
 * Gives the roles `salvor_bot`, `salvor_worker` and `salvor_terminal`, where they exist, exactly what grants/*.sql says; answers their
 * names. Needs the store's owner. Safe to repeat, and to be repeated after each migration.
 */
export async function grantRoles(pool: pg.Pool): Promise<string[]> {
  const granted: string[] = []
  for (const script of scripts) {
    const role = `salvor_${script}`
    const { rowCount } = await pool.query('SELECT FROM pg_roles WHERE rolname = $1', [role])
    if (rowCount !== 1) continue
    await pool.query(readFileSync(new URL(`./grants/${script}.sql`, import.meta.url), 'utf8'))
    granted.push(role)
  }
  return granted
}
