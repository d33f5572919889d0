import { readFileSync } from 'node:fs'
import type pg from 'pg'

const scripts = ['bot', 'worker', 'terminal'] as const

/**
 * Gives the roles `salvor_bot`, `salvor_worker` and `salvor_terminal`, where they exist, exactly what grants/*.sql says; answers their
 * names. Needs the store's owner. Safe to repeat, and to be repeated after each migration.
 */
export async function grantRoles(pool: pg.Pool): Promise<string[]> {
  const granted: string[] = []
  await closeToStrangers(pool)
  for (const script of scripts) {
    const role = `salvor_${script}`
    const { rowCount } = await pool.query('SELECT FROM pg_roles WHERE rolname = $1', [role])
    if (rowCount !== 1) continue
    await pool.query(
      `DO $$ BEGIN EXECUTE format('GRANT CONNECT ON DATABASE %I TO ${role}', current_database()); END $$`,
    )
    await pool.query(readFileSync(new URL(`./grants/${script}.sql`, import.meta.url), 'utf8'))
    granted.push(role)
  }
  return granted
}

/**
 * Whoever may connect can hold up steps by their advisory locks, and whoever may create can plant what a statement finds
 * first: both are PUBLIC's by default, in part only up to PostgreSQL 14.
 */
async function closeToStrangers(pool: pg.Pool): Promise<void> {
  await pool.query(`DO $$ BEGIN
    EXECUTE format('REVOKE CONNECT, TEMPORARY, CREATE ON DATABASE %I FROM PUBLIC', current_database());
  END $$`)
  await pool.query('REVOKE CREATE ON SCHEMA public FROM PUBLIC')
}
