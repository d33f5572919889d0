import { roleOfUrl } from '../../../src/domain/role-of-url.ts'
import { defineStep, type StepContext } from '../../../src/engine/define-step.ts'
import { countJobs } from '../../count-jobs.ts'
import { readBoundManifest } from '../bound-manifest.ts'
import { chooseBoundProperties } from '../choose-properties.ts'
import { createOutput, loadOutput, preflightOutput, type RestoreParams } from '../params.ts'
import { createFreshSide, dropSides, nameSide } from '../side.ts'

/** pg_restore into the side database; a further attempt begins with a fresh one. */
export const load = defineStep<RestoreParams>({
  name: 'load',
  title: 'load',
  risk: 'reversible',
  where: 'runner',
  sessionsOn: ({ system }) => system,
  run: loadSide,
  // Nobody can tell a whole load from one that lacks its last index: it is done again, on a fresh target.
  isDone: async () => ({ done: 'no' }),
  cleanUp: dropSides,
})

async function loadSide(context: StepContext<RestoreParams>) {
  const { backups, databases } = context.tools
  const target = context.target(context.params.system)
  const made = createOutput.parse(context.outputOf('create'))
  const { point, archiveHash, archiveIdentity: identity } = preflightOutput.parse(context.outputOf('preflight'))
  const standing = await databases.locate(target, made.oid)
  const isFirst = context.step.attempt === 1 && standing?.name === made.name
  const side = isFirst ? { name: made.name, oid: made.oid } : await createFreshSide(context)
  const { seconds, argv } = await backups.pg_dump.restoreInto({
    point,
    proven: { archiveHash, identity },
    manifest: await readBoundManifest(context),
    // By a role of few rights, or of none: a backup holds code that runs while it is loaded.
    target,
    database: side.name,
    owner: (await chooseBoundProperties(context)).wanted.owner,
    jobs: countJobs(context),
    signal: context.signal,
    onProgress: context.progress,
  })
  // From here on nobody but Salvor gets at it: what is proven next must be what is switched.
  await databases.closeSide({ target, ...side, mayConnect: [roleOfUrl(target.url)] })
  const leaves = side.name === made.name ? null : nameSide(side)
  return loadOutput.parse({ side: side.name, oid: side.oid, seconds, argv, leaves })
}
