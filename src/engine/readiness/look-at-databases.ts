import { noNeeds } from '../../domain/archive-needs.ts'
import type { Finding } from '../../domain/content.ts'
import { describeFindingMessage } from '../../domain/finding-texts.ts'
import type { PostgresSystem } from '../../domain/recovery-plan.ts'
import type { TargetAddress } from '../../ports/content-tools.ts'
import type { DatabaseIdentity } from '../../ports/database-tools.ts'
import type { Tools } from '../../ports/tools.ts'
import {
  addressOf,
  bad,
  badBy,
  cannotLook,
  good,
  listDatabases,
  type ReadinessProbe,
  type ReadinessReach,
  type Seen,
  warn,
} from './reach.ts'

/** Each database can be reached, restored beside, switched, and answers the plan's checks. */
export const lookAtDatabases: ReadinessProbe = async (reach) => {
  return (await Promise.all(listDatabases(reach.plan).map(({ name, of }) => lookAtDatabase(reach, name, of)))).flat()
}

async function lookAtDatabase(reach: ReadinessReach, name: string, of: PostgresSystem): Promise<Seen[]> {
  const { tools } = reach
  if (!tools) return [cannotLook(name)]
  try {
    const target = addressOf(reach, name)
    const identity = await tools.databases.identify(target)
    const size = `${(identity.sizeBytes / 1e6).toFixed(0)} MB`
    return [
      good(name, `PostgreSQL ${identity.serverVersion}, database ${identity.name}, ${size}`),
      await lookAtRights(tools, target, identity),
      ...(await lookAtLeftovers(reach, tools, target)),
      ...(await lookAtVersions(tools, identity)),
      ...(await lookAtChecks(reach, tools, target, of)),
    ]
  } catch (thrown) {
    return [badBy(name, thrown)]
  }
}

/** Everything that stops a restore before its switch, as the restore itself asks it. */
async function lookAtRights(tools: Tools, target: TargetAddress, identity: DatabaseIdentity): Promise<Seen> {
  const subject = `${target.system} switch`
  try {
    const { side, old } = await tools.databases.nextFreeNames(target, identity.name)
    const names = {
      sideName: side,
      oldName: old,
      needs: noNeeds,
      wanted: null,
      bytesNeeded: identity.sizeBytes,
    }
    const { findings } = await tools.databases.preflight({ target, database: identity.name, ...names })
    return good(subject, findings.slice(1).join('; '))
  } catch (thrown) {
    return badBy(subject, thrown)
  }
}

/** Without commit times what a migration makes stays data: nobody can tell that no row came later. */
async function lookAtLeftovers({ plan }: ReadinessReach, tools: Tools, target: TargetAddress): Promise<Seen[]> {
  const isMade = Object.values(plan.migrations).some((one) => one.system === target.system && one.makes.length > 0)
  if (!isMade || (await tools.databases.keepsCommitTimes(target))) return []
  const seen = 'track_commit_timestamp is off, so what a migration makes is never told as its leftover, but as loss'
  return [warn(`${target.system} leftovers`, seen, 'Set track_commit_timestamp = on and restart the server.')]
}

/** A client older than the server cannot dump it; one that is newer sends settings that the server does not know. */
async function lookAtVersions(tools: Tools, identity: DatabaseIdentity): Promise<Seen[]> {
  const server = Math.floor(identity.serverVersionNum / 10_000)
  const { dump, restore } = await tools.archives.findPrograms(server)
  const fix = `Install postgresql-client-${server}.`
  const asked = [
    { tool: 'pg_dump', version: dump },
    { tool: 'pg_restore', version: restore },
  ]
  return asked.flatMap(({ tool, version }) => {
    const client = Number.parseInt(version ?? '', 10)
    // That there is none at all is said of the machine.
    if (Number.isNaN(client) || client === server) return []
    const seen = `is version ${client}, the server of ${identity.name} is ${server}`
    return client < server ? [bad(tool, seen, fix)] : [warn(tool, seen, fix)]
  })
}

async function lookAtChecks(
  reach: ReadinessReach,
  tools: Tools,
  target: TargetAddress,
  of: PostgresSystem,
): Promise<Seen[]> {
  if (of.checks.length === 0) {
    return [
      warn(
        `${target.system} checks`,
        'the plan asks this database no question',
        'Add three checks whose answers you know.',
      ),
    ]
  }
  const findings = await tools.content.runChecks({ target, checks: of.checks, signal: reach.signal })
  return findings.map((one) => judgeCheck(target.system, one))
}

/** Before a migration an answer that differs is worth knowing; a check that cannot be asked is of no use on the night. */
function judgeCheck(system: string, { name, verdict, expected, found, why }: Finding): Seen {
  const subject = `${system}: ${name}`
  const words = why === null ? null : describeFindingMessage(why)
  if (verdict === 'equal') return good(subject, `answers ${JSON.stringify(found)}`)
  if (verdict === 'not_comparable' || found === null) {
    return bad(subject, words ?? 'cannot be asked', 'Mend its SQL in the plan, or the rights of the role that asks.')
  }
  const answers = `answers ${JSON.stringify(found)}, the plan expects ${JSON.stringify(expected)}`
  const seen = words === null ? answers : `${answers}: ${words}`
  const fix =
    'If the data is right, correct the plan; if it is damaged, leave the plan as it is and bring the data back.'
  return warn(subject, seen, fix)
}
