import { SalvorError } from '../../../src/domain/errors/fail.ts'
import { findNearest } from '../../../src/domain/nearest.ts'
import { defineStep, type StepContext } from '../../../src/engine/define-step.ts'
import type { FileVersion, FoundFile } from '../../../src/ports/file-tools.ts'
import { canTell, expandService } from '../../expand-service.ts'
import { askHealth } from '../ask-health.ts'
import { findConfig } from '../find-config.ts'
import { type ConfigParams, lookOutput } from '../params.ts'
import { readTakenBack } from '../read-taken-back.ts'

/** Versions that are tried, the newest first: whoever wants an older one names it. */
const mostTried = 10

/** How long a service that may be ill already is asked before anything is done. */
const askedBefore = '3s'

/** The file as it is, whether this process may replace it, and what could take its place. Changes nothing. */
export const look = defineStep<ConfigParams>({
  name: 'look',
  title: 'look',
  risk: 'read',
  where: 'worker',
  async run(context) {
    const { params, signal, tools } = context
    const service = expandService(context.service(params.service), context)
    // Also refuses a service of another machine, whose files are not these.
    const { active } = await tools.services.identify(service, params.service, signal)
    const config = findConfig(params.service, service.config, params.file)
    const file = await tools.files.read(context.resolvePath(config.path))
    await tools.files.checkRights(file)
    const { candidates, more } = await listCandidates(context, config, file)
    const runs = canTell(service) ? active : null
    return lookOutput.parse({
      path: file.path,
      digest: file.digest,
      mode: file.mode.toString(8).padStart(4, '0'),
      owner: await tools.files.nameOwner(file),
      changedAt: file.changedAt,
      active: runs,
      well: runs === false ? null : ((await askHealth(context, service, askedBefore))?.healthy ?? null),
      candidates,
      more,
    })
  },
  isDone: async () => ({ done: 'no' }),
})

async function listCandidates(
  context: StepContext<ConfigParams>,
  config: { readonly path: string; readonly versions: string },
  file: FoundFile,
): Promise<{ candidates: { label: string; path: string }[]; more: number }> {
  const { back, version } = context.params
  if (back !== undefined) return { candidates: [await findKept(context, back, file)], more: 0 }
  const folder = context.resolvePath(config.versions)
  const versions = await context.tools.files.listVersions(folder, context.resolvePath(config.path))
  if (versions.length === 0) {
    const name = file.path.slice(file.path.lastIndexOf('/') + 1)
    throw new SalvorError('config_no_version', { path: file.path, folder, example: `${name}.v1` })
  }
  const chosen = version === undefined ? versions : [findVersion(versions, version, folder, file.path)]
  const candidates = chosen.slice(0, mostTried).map(({ label, path }) => ({ label, path }))
  return { candidates, more: chosen.length - candidates.length }
}

/** By the label that people see, or by the name of its entry; never a path that was typed. */
function findVersion(versions: readonly FileVersion[], version: string, folder: string, path: string): FileVersion {
  const found = versions.find(({ name }) => name === version) ?? versions.find(({ label }) => label === version)
  if (found !== undefined) return found
  const labels = versions.map(({ label }) => label)
  const nearest = findNearest(version, labels) ?? labels[0] ?? ''
  const known = labels.slice(0, mostTried).join(', ')
  throw new SalvorError('config_version_unknown', { folder, version, path, known, nearest })
}

/** The kept file, as long as both files are as that job left them: names alone are no reason to replace. */
async function findKept(context: StepContext<ConfigParams>, back: string, file: FoundFile) {
  const { files } = context.tools
  const replaced = await readTakenBack(context, back)
  const kept = await files.read(replaced.kept)
  const changed = [
    ...(file.path !== replaced.path || file.digest !== replaced.after ? [file] : []),
    ...(kept.digest === replaced.before ? [] : [kept]),
  ][0]
  if (changed !== undefined) {
    const { path, changedAt } = changed
    throw new SalvorError('file_changed', { path, owner: await files.nameOwner(changed), at: changedAt })
  }
  return { label: `the file from before ${back}`, path: kept.path }
}
