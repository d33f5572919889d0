import { SalvorError } from '../../domain/errors/fail.ts'
import type { TargetAddress } from '../../ports/content-tools.ts'
import { nameLoader } from '../loader.ts'
import { databaseOfUrl, withSession } from '../postgres-session.ts'

/** How long the look after a stop may take. */
const AFTER_STOP_MS = 5_000

/**
 * Looks before and after a load at what its role could reach on the server beside the side database: live itself, and
 * the roles as which it may act. Code in a backup runs while it is loaded. Throws load_reached_out where they differ;
 * what is not shown to anybody but a superuser (passwords) is not seen.
 */
export async function watchSurroundings<T>(
  target: TargetAddress,
  signal: AbortSignal,
  work: () => Promise<T>,
): Promise<T> {
  const before = await readSurroundings(target, signal)
  try {
    const done = await work()
    await compare(target, before, signal)
    return done
  } catch (thrown) {
    if (signal.aborted) {
      // Somebody waits for the stop, and the target may be what is silent.
      await compare(target, before, AbortSignal.timeout(AFTER_STOP_MS)).catch((found: unknown) => {
        if (found instanceof SalvorError && found.code === 'load_reached_out') throw found
      })
      throw thrown
    }
    // A load that failed may have reached out before: that is what people must read first.
    if (!(thrown instanceof SalvorError) || thrown.code === 'load_reached_out') throw thrown
    await compare(target, before, signal, thrown)
    throw thrown
  }
}

async function compare(
  target: TargetAddress,
  before: ReadonlyMap<string, string>,
  signal: AbortSignal,
  cause?: SalvorError,
): Promise<void> {
  const after = await readSurroundings(target, signal)
  const changed = [...new Set([...before.keys(), ...after.keys()])].filter((one) => before.get(one) !== after.get(one))
  if (changed.length === 0) return
  const seen = changed.sort().join(', ')
  throw new SalvorError('load_reached_out', { system: target.system, seen }, cause === undefined ? {} : { cause })
}

/** Whoever grants without the right to writes the usual privileges out, which changes nothing. */
function readSurroundings(target: TargetAddress, signal: AbortSignal): Promise<Map<string, string>> {
  const { system, adminUrl: url, session } = target
  return withSession({ system, url, session, signal }, async (client) => {
    const { rows } = await client.query<{ what: string; state: string }>(
      `SELECT 'database ' || d.datname AS what,
              json_build_array(d.datdba, coalesce(d.datacl, acldefault('d', d.datdba))::text, d.datconnlimit, d.datallowconn, d.datistemplate,
                shobj_description(d.oid, 'pg_database'),
                (SELECT json_agg(json_build_array(s.setrole, s.setconfig) ORDER BY s.setrole)
                   FROM pg_db_role_setting s WHERE s.setdatabase = d.oid))::text AS state
         FROM pg_database d WHERE d.datname = $1
       UNION ALL
       SELECT 'role ' || r.rolname,
              json_build_array(r.rolcanlogin, r.rolconnlimit, r.rolvaliduntil, r.rolconfig, r.rolinherit,
                (SELECT json_agg(json_build_array(m.member, m.admin_option) ORDER BY m.member, m.admin_option)
                   FROM pg_auth_members m WHERE m.roleid = r.oid))::text
         FROM pg_roles r, pg_roles l WHERE l.rolname = $2 AND NOT l.rolsuper AND pg_has_role(l.oid, r.oid, 'MEMBER')`,
      [databaseOfUrl(target.url, system), nameLoader(target)],
    )
    return new Map(rows.map(({ what, state }) => [what, state]))
  })
}
