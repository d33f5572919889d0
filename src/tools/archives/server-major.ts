import type { TargetAddress } from '../../ports/content-tools.ts'
import { withTargetSession } from '../postgres-session.ts'

/** The major version of a target's server, which says what its tools may be. */
export function readServerMajor(target: TargetAddress, database?: string): Promise<number> {
  return withTargetSession(target, database === undefined ? {} : { database }, async (client) => {
    const { rows } = await client.query<{ number: number }>(
      `SELECT current_setting('server_version_num')::int AS number`,
    )
    return Math.floor((rows[0]?.number ?? 0) / 10_000)
  })
}
