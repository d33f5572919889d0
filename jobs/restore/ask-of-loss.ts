import type { ArchiveManifest } from '../../src/domain/content.ts'
import { readLogSource } from '../../src/domain/find-log.ts'
import type { LookContext } from '../../src/engine/define-step.ts'
import type { LossQuestion } from '../../src/ports/database-tools.ts'
import { preflightOutput, type RestoreParams, SAMPLE } from './params.ts'

/** What live is asked about its loss: by what it is compared, and what migrations of the system make. */
export async function askOfLoss(
  context: LookContext<RestoreParams>,
  manifest: ArchiveManifest | null,
): Promise<LossQuestion> {
  const { identity } = preflightOutput.parse(context.outputOf('preflight'))
  // Of another database a dump may have brought other texts back that mean the same.
  const isOfLive =
    manifest?.marks?.databaseOid === identity.oid && manifest.systemIdentifier === identity.systemIdentifier
  return {
    known: null,
    definitions: manifest === null ? null : { objects: manifest.definitions, isOfLive },
    makes: await readMakes(context, context.params.system),
    sample: SAMPLE,
    since: null,
  }
}

/** What each migration of a system makes, and when that one ended by its log; null where the log does not tell. */
async function readMakes(context: LookContext<unknown>, system: string): Promise<LossQuestion['makes']> {
  const migrations = Object.values(context.plan.migrations).filter((one) => one.system === system)
  const made: LossQuestion['makes'][number][] = []
  for (const { log, makes } of migrations) {
    if (makes.length === 0) continue
    const endedAt = log === undefined ? null : await readEnd(context, log)
    made.push(...makes.map((pattern) => ({ pattern, endedAt })))
  }
  return made
}

async function readEnd(context: LookContext<unknown>, log: string): Promise<string | null> {
  const { path } = readLogSource(context, log)
  if (path === undefined) return null
  return context.tools.logs.readLastTime(path, context.plan.timezone)
}
