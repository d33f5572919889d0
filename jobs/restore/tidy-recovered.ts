import { type LeftBehind, leftBehind } from '../../src/domain/left-behind.ts'
import { listPlaces } from '../../src/engine/backups/places.ts'
import type { LookContext } from '../../src/engine/define-step.ts'
import type { RestoreParams } from './params.ts'

/** Removes what this job brought up or copied out in scratch folders. Answers what remains. */
export async function tidyRecovered(context: LookContext<RestoreParams>): Promise<LeftBehind[]> {
  const { system } = context.params
  const session = { ...context.target(system).session, step: `${context.job.id}/recover` }
  const places = listPlaces(context.postgres(system), context.resolvePath).filter((one) => one.kind !== 'pg_dump')
  const left = await Promise.all(places.map((place) => context.tools.backups[place.kind].tidyUp(place, session)))
  return [...new Set(left.flat())].map((path) => leftBehind('scratch_folder', { path }))
}
