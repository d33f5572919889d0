import pg from 'pg'
import type { TargetAddress } from '../../ports/content-tools.ts'
import type { SwitchIntent } from '../../ports/database-tools.ts'
import { withAdmin } from './admin-session.ts'
import { writeCarryStatements, writeComment } from './carry-properties.ts'
import { writeDoor } from './hold-off.ts'
import { compareProperties, explodeAcl, readDatabaseProperties } from './read-properties.ts'

const name = pg.escapeIdentifier

/** The statements inside the transaction: first the two renames, then what makes the new one like the old one. */
export async function writeSwitch(
  admin: pg.Client,
  system: string,
  intent: SwitchIntent,
): Promise<{ renames: string[]; carry: string[] }> {
  const { live, side, old, properties } = intent
  const present = await readDatabaseProperties(admin, system, side)
  const grantees = (await explodeAcl(admin, present)).map((one) => one.grantee)
  // A change of owner moves the former owner's own grants to the new one.
  const moved = grantees.map((one) => (one === present.owner ? properties.owner : one))
  const carry = writeCarryStatements({
    database: live,
    wanted: properties,
    wantedGrants: await explodeAcl(admin, properties),
    presentGrantees: [...new Set(moved)],
    presentSettingRoles: Object.keys(present.roleSettings),
    asThemselves: !(await mayAlterRoles(admin)),
  })
  return {
    renames: [
      `ALTER DATABASE ${name(live)} RENAME TO ${name(old)}`,
      `ALTER DATABASE ${name(side)} RENAME TO ${name(live)}`,
    ],
    carry: [
      ...carry,
      `ALTER DATABASE ${name(old)} WITH ALLOW_CONNECTIONS false CONNECTION LIMIT 0`,
      writeComment(old, intent.seal),
    ],
  }
}

async function mayAlterRoles(admin: pg.Client): Promise<boolean> {
  const { rows } = await admin.query<{ may: boolean }>(
    'SELECT rolsuper OR rolcreaterole AS may FROM pg_roles WHERE rolname = current_user',
  )
  return rows[0]?.may ?? false
}

/** The same for people: everything that will be executed, and what happens between. */
export function planSwitch(target: TargetAddress, intent: SwitchIntent): Promise<string[]> {
  return withAdmin(target, async (admin) => {
    const { renames, carry } = await writeSwitch(admin, target.system, intent)
    return [
      ...(intent.proof === undefined
        ? []
        : [writeDoor(intent.side, false), `-- refuse unless ${intent.side} still is what was proven`]),
      writeDoor(intent.live, false),
      `-- end all sessions in ${intent.live}, count again, refuse and open again if more would be lost`,
      'BEGIN',
      ...renames,
      ...carry,
      'COMMIT',
    ]
  })
}

/** Did the new live one get everything that the intent says? Asked of the catalogues after the commit. */
export function compareSwitched(target: TargetAddress, intent: SwitchIntent): Promise<string[]> {
  return withAdmin(target, async (admin) =>
    compareProperties(admin, intent.properties, await readDatabaseProperties(admin, target.system, intent.live)),
  )
}
