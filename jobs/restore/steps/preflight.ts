import type { ArchiveNeeds } from '../../../src/domain/archive-needs.ts'
import type { ArchiveManifest, LoadDoubt, RestorePoint } from '../../../src/domain/content.ts'
import type { DatabaseProperties } from '../../../src/domain/database-properties.ts'
import { messageOf } from '../../../src/domain/errors/error-message.ts'
import { SalvorError } from '../../../src/domain/errors/fail.ts'
import { majorOf } from '../../../src/domain/server-version.ts'
import { defineStep, type StepContext } from '../../../src/engine/define-step.ts'
import { countJobs } from '../../count-jobs.ts'
import { dropRehearsals, listFilled, rehearseLoad } from '../../rehearse.ts'
import { digestManifest } from '../bound-manifest.ts'
import { chooseProperties } from '../choose-properties.ts'
import { findLive } from '../find-live.ts'
import { chooseOutput, preflightOutput, type RestoreParams, recoverOutput, type Skipped } from '../params.ts'

/** Data grows by indexes, page headers and free space: from text COPY to disk, and from a compressed archive to disk. */
const DISK_PER_COPY_BYTE = 2
const DISK_PER_ARCHIVE_BYTE = 8
const DISK_BASE_BYTES = 64e6

/** Everything that could stop the way to the switch is found here, before anything is changed. */
export const preflight = defineStep<RestoreParams>({
  name: 'preflight',
  title: 'preflight',
  risk: 'read',
  where: 'runner',
  sessionsOn: ({ system }) => system,
  run: lookAtEverything,
  cleanUp: dropRehearsals,
})

async function lookAtEverything(context: StepContext<RestoreParams>) {
  const { archives, databases } = context.tools
  const target = context.target(context.params.system)
  const { candidates, named, before, unread } = listCandidates(context)
  const identity = await findLive(context)
  const { point, proof, skipped } = await proveOne(context, candidates, named)
  const manifest = await archives.readManifest(point)
  const { wanted } = await chooseProperties(context, { live: identity, manifest })
  const { side, old } = await databases.nextFreeNames(target, identity.name)
  const { findings } = await databases.preflight({
    target,
    database: identity.name,
    sideName: side,
    oldName: old,
    needs: { ...proof.needs, roles: [...new Set([...proof.needs.roles, ...(manifest?.roles ?? [])])] },
    bytesNeeded: estimateBytes(point, manifest),
    wanted,
  })
  const doubts = await rehearseUnknown(context, { point, manifest, live: identity, like: wanted }).catch(
    async (thrown: unknown) => {
      if (!(thrown instanceof SalvorError) || thrown.code !== 'archive_unloadable' || named) throw thrown
      const older = candidates.slice(candidates.findIndex(({ id }) => id === point.id) + 1)
      throw await nameLoadable(context, thrown, { older, identity })
    },
  )
  return preflightOutput.parse({
    point,
    archiveHash: proof.archiveHash,
    archiveIdentity: proof.identity,
    manifest: digestManifest(manifest),
    tocEntries: proof.tocEntries,
    skipped: [...before, ...skipped],
    unread,
    identity,
    names: { side, old },
    findings: [...findings, ...describeSuperuser(proof.needs), ...doubts.map(describeDoubt)],
    since: chooseMark(await databases.readWriteMark(target), manifest, identity),
  })
}

/**
 * An archive of which nobody saw whether its schema loads on such a server: seen now, in seconds, and not when its last
 * row has come. What is known is not asked again.
 */
async function rehearseUnknown(
  context: StepContext<RestoreParams>,
  of: {
    readonly point: RestorePoint
    readonly manifest: ArchiveManifest | null
    readonly live: { readonly name: string; readonly serverVersion: string }
    readonly like: DatabaseProperties
  },
): Promise<readonly LoadDoubt[]> {
  const known = of.manifest?.rehearsal
  if (known !== undefined && majorOf(known.serverVersion) === majorOf(of.live.serverVersion)) return known.doubts ?? []
  const { point, like } = of
  const filled = listFilled(of.manifest)
  return rehearseLoad(context, { point, live: of.live.name, like, filled }, async ({ doubts }) => doubts)
}

/** So many older ones are tried: each costs seconds. */
const TRIED = 5

/**
 * An older backup holds less, so it is never taken in silence: the newest that loads is named, for people to choose. The
 * same error where none does.
 */
async function nameLoadable(
  context: StepContext<RestoreParams>,
  thrown: SalvorError,
  of: { readonly older: readonly RestorePoint[]; readonly identity: Awaited<ReturnType<typeof findLive>> },
): Promise<SalvorError> {
  const { older, identity: live } = of
  for (const point of older.filter(({ problem }) => problem === null).slice(0, TRIED)) {
    const manifest = await context.tools.archives.readManifest(point)
    const { wanted: like } = await chooseProperties(context, { live, manifest })
    const loads = await rehearseUnknown(context, { point, manifest, live, like }).then(
      () => true,
      (other: unknown) => {
        if (other instanceof SalvorError && other.code.startsWith('archive_')) return false
        throw other
      },
    )
    if (!loads) continue
    const facts = { ...thrown.facts, other: point.id }
    return SalvorError.from('archive_unloadable_newest', facts, { cause: thrown, ...excerptOf(thrown) })
  }
  return thrown
}

function excerptOf({ excerpt }: SalvorError): { excerpt?: string } {
  return excerpt === undefined ? {} : { excerpt }
}

function describeDoubt({ object, reads }: LoadDoubt): string {
  return `may not load: ${object} asks ${reads.join(', ')}, which may be empty by then`
}

/** Archives to try: those that were chosen, or the one that was copied out of a backup of a cluster. */
function listCandidates(context: StepContext<RestoreParams>) {
  const chosen = chooseOutput.parse(context.outputOf('choose'))
  const { unread } = chosen
  const recovered = recoverOutput.nullable().parse(context.outputOf('recover'))
  if (recovered === null) return { candidates: chosen.candidates, named: chosen.named, before: [], unread }
  const named = chosen.named || recovered.copied !== null
  return { candidates: recovered.candidates, named, before: recovered.skipped, unread }
}

/** The first candidate that can be read to its end. A named one is the only candidate, so its problem is the answer. */
async function proveOne(context: StepContext<RestoreParams>, candidates: readonly RestorePoint[], named: boolean) {
  const skipped: Skipped = []
  let first: SalvorError | undefined
  for (const point of candidates) {
    try {
      const { signal, progress: onProgress } = context
      const readers = countJobs(context)
      const proof = await context.tools.backups.pg_dump.prove({ point, readers, signal, onProgress })
      return { point, proof, skipped }
    } catch (thrown) {
      if (!(thrown instanceof SalvorError) || !thrown.code.startsWith('archive_') || named) throw thrown
      first ??= thrown
      skipped.push({ id: point.id, why: messageOf(thrown) })
    }
  }
  throw first ?? new Error('no candidate was chosen')
}

/** It may be loaded, or preflight would have refused; that it runs with a superuser's rights is worth knowing. */
function describeSuperuser({ superuser }: ArchiveNeeds): string[] {
  return superuser.length === 0 ? [] : [`only a superuser can load: ${superuser.join(', ')}`]
}

function estimateBytes(point: RestorePoint, manifest: ArchiveManifest | null): number {
  const copied = manifest?.tables.reduce((sum, table) => sum + (table.copyBytes ?? 0), 0) ?? 0
  const bytes = copied > 0 ? copied * DISK_PER_COPY_BYTE : point.bytes * DISK_PER_ARCHIVE_BYTE
  return Math.ceil(bytes + DISK_BASE_BYTES)
}

/** Row headers hold 32 bits of a transaction's number: a mark that lies further back cannot be told apart. */
const COUNTABLE = 2n ** 31n

/** The manifest's mark if it was made in this very database and not too long ago, else now. */
function chooseMark(
  now: string,
  manifest: ArchiveManifest | null,
  identity: { readonly systemIdentifier: string; readonly oid: number | null },
): { mark: string; from: 'backup' | 'preflight' } {
  const xmax = manifest?.marks?.xmax ?? null
  const isThis =
    manifest?.systemIdentifier === identity.systemIdentifier && manifest.marks?.databaseOid === identity.oid
  if (!isThis || xmax === null) return { mark: now, from: 'preflight' }
  const distance = BigInt(now.split(':')[1] ?? 0) - BigInt(xmax)
  if (distance < 0n || distance >= COUNTABLE) return { mark: now, from: 'preflight' }
  return { mark: `${xmax}:${xmax}:`, from: 'backup' }
}
