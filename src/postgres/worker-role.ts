import pg from 'pg'
import { hashText } from '../domain/digest.ts'

/** PostgreSQL cuts longer names. */
const longestName = 63

/** The login of one worker, and the SQL that makes it. */
export interface WorkerRole {
  readonly role: string
  /** Safe to run again. Sets no password. */
  readonly sql: string
}

/**
 * A login that acts for one worker alone: a member of `salvor_worker` that the store knows by its name
 * (salvor.worker_roles). From then on no other login acts for that worker.
 */
export function writeWorkerRole(worker: string): WorkerRole {
  const role = nameRole(worker)
  const [name, literal, of] = [pg.escapeIdentifier(role), pg.escapeLiteral(role), pg.escapeLiteral(worker)]
  const sql = `-- The login of the worker ${worker}, which alone may act for it. Run it as the store's owner, who must be allowed to
-- create roles; \`salvor migrate\` before it gives salvor_worker its rights.
DO $$ BEGIN
  IF to_regrole('salvor_worker') IS NULL THEN
    CREATE ROLE salvor_worker NOLOGIN;
  END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = ${literal}) THEN
    CREATE ROLE ${name} LOGIN;
  END IF;
END $$;
GRANT salvor_worker TO ${name};
INSERT INTO salvor.worker_roles (role, worker) VALUES (${literal}, ${of})
    ON CONFLICT (role) DO UPDATE SET worker = excluded.worker;
`
  return { role, sql }
}

/** `salvor_worker_db1`; names that PostgreSQL would fold or cut get a few digits that tell them apart. */
function nameRole(worker: string): string {
  const plain = `salvor_worker_${worker.toLowerCase().replace(/[^a-z0-9_]/g, '_')}`
  if (plain === `salvor_worker_${worker}` && plain.length <= longestName) return plain
  const digits = hashText(worker).slice(0, 8)
  return `${plain.slice(0, longestName - digits.length - 1)}_${digits}`
}
