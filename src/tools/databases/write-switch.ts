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
  const renames = [
    ...(intent.liveOid === null ? [] : [`ALTER DATABASE ${name(live)} RENAME TO ${name(old)}`]),
    ...(intent.sideOid === null ? [] : [`ALTER DATABASE ${name(side)} RENAME TO ${name(live)}`]),
  ]
  if (intent.sideOid === null) return { renames, carry: writeSeal(intent) }
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
  return { renames, carry: [...carry, ...writeSeal(intent)] }
}

/**
 * Keeps everybody out of the old one, whoever owned it included: an owner may open a database again, so it is Salvor's
 * own role's until an undo gives it back. Nobody can enter an invalid one; any ALTER … WITH on it ends the session. */
function writeSeal({ liveOid, liveInvalid, old, seal }: SwitchIntent): string[] {
  if (liveOid === null) return []
  const mine = `ALTER DATABASE ${name(old)} OWNER TO CURRENT_USER`
  const door = `ALTER DATABASE ${name(old)} WITH ALLOW_CONNECTIONS false CONNECTION LIMIT 0`
  return [...(liveInvalid ? [] : [mine, door]), writeComment(old, seal)]
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
      ...writeBefore(intent),
      'BEGIN',
      ...renames,
      ...carry,
      'COMMIT',
    ]
  })
}

function writeBefore({ live, liveOid, liveInvalid }: SwitchIntent): string[] {
  if (liveOid === null) return [`-- refuse if there is a database ${live} by now`]
  if (liveInvalid) return []
  const closed = `-- end all sessions in ${live}, count again, refuse and open again if more would be lost`
  return [writeDoor(live, false), closed]
}

/** Did the new live one get everything that the intent says? Asked of the catalogues after the commit. */
export function compareSwitched(target: TargetAddress, intent: SwitchIntent): Promise<string[]> {
  if (intent.sideOid === null) return Promise.resolve([])
  return withAdmin(target, async (admin) =>
    compareProperties(admin, intent.properties, await readDatabaseProperties(admin, target.system, intent.live)),
  )
}
