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

/** Patterns of all migrations of a system, and when the last of them ended by its log; null where a log does not tell. */
async function readMakes(context: LookContext<unknown>, system: string): Promise<LossQuestion['makes']> {
  const migrations = Object.values(context.plan.migrations).filter(
    (one) => one.system === system && one.makes.length > 0,
  )
  const ends: (string | null)[] = []
  for (const { log } of migrations) ends.push(log === undefined ? null : await readEnd(context, log))
  const known = ends.filter((end) => end !== null)
  const endedAt = known.length < ends.length ? null : (known.sort().at(-1) ?? null)
  return { patterns: migrations.flatMap((one) => one.makes), endedAt }
}

async function readEnd(context: LookContext<unknown>, log: string): Promise<string | null> {
  const { path } = readLogSource(context, log)
  if (path === undefined) return null
  return context.tools.logs.readLastTime(path, context.plan.timezone)
}
