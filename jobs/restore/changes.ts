import type { Changes } from '../../src/engine/define-job.ts'
import type { LookContext } from '../../src/engine/define-step.ts'
import { countJobs } from '../count-jobs.ts'
import { findSameLive } from './find-live.ts'
import { preflightOutput, type RestoreParams } from './params.ts'

/** For plans that want it approved: what is made beside the live database. The switch has a card of its own. */
export async function showRestoreChanges(context: LookContext<RestoreParams>): Promise<Changes> {
  const { system } = context.params
  const { identity, point, archiveHash, manifest, names, findings } = preflightOutput.parse(
    context.outputOf('preflight'),
  )
  const { systemIdentifier, name, oid } = await findSameLive(context, identity)
  const { side } = names
  const target = context.target(system)
  const { serverVersion } = identity
  const order = { point, target, database: side, serverVersion, jobs: countJobs(context) }
  const commands = await context.tools.archives.foreseeLoad(order)
  return {
    action: `loading ${point.id} beside ${system}`,
    verb: 'load',
    target: `${system}: ${name} (${oid === null ? 'gone' : `OID ${oid}`}) on server ${systemIdentifier}`,
    proven: `the archive ${point.id} was read to its end`,
    unproven: 'what it holds: it is compared once it is loaded',
    lost: 'nothing: the live database is not touched',
    ownCommands: true,
    back: `stop ${context.job.id}, which drops the side database`,
    details: [
      `Backup ${point.id}, taken ${point.takenAt}, sha256 ${archiveHash}`,
      `${side}, or the next free number where that name is taken by then`,
      ...findings,
    ],
    steps: {
      create: { does: [`CREATE DATABASE "${side}" TEMPLATE template0 ALLOW_CONNECTIONS false`], binds: {} },
      load: {
        does: [
          ...commands.map((argv) => argv.join(' ')),
          ...(target.loadUrl === undefined ? [] : ['ANALYZE', '-- then each object to its owner, and its privileges']),
        ],
        binds: {},
      },
      analyze: { does: ['ANALYZE'], binds: {} },
    },
    binds: {
      ...{ systemIdentifier, database: name, oid },
      ...{ backup: point.id, archive: archiveHash, origin: point.origin, manifest },
    },
  }
}
