import { type DatabaseProperties, givenAtCreation } from '../../src/domain/database-properties.ts'
import type { LookContext } from '../../src/engine/define-step.ts'
import { readBoundManifest } from './bound-manifest.ts'
import { preflightOutput, type RestoreParams } from './params.ts'

/**
 * What the side copy is created with: live's properties, but encoding, locale and place as the backup's manifest says,
 * since these cannot be changed afterwards. A tablespace is meant only on the server of which the manifest speaks.
 */
export async function chooseSideProperties(context: LookContext<RestoreParams>): Promise<DatabaseProperties> {
  const { identity } = preflightOutput.parse(context.outputOf('preflight'))
  const target = context.target(context.params.system)
  const live = await context.tools.content.readProperties({ target, database: identity.name })
  const manifest = await readBoundManifest(context)
  if (manifest === null) return live
  const sameServer = manifest.systemIdentifier === identity.systemIdentifier
  const taken = givenAtCreation.filter((key) => key !== 'tablespace' || sameServer)
  return { ...live, ...Object.fromEntries(taken.map((key) => [key, manifest.properties[key]])) }
}
