import { SalvorError } from '../../../src/domain/errors/fail.ts'
import { defineStep, type StepContext } from '../../../src/engine/define-step.ts'
import type { FoundFile } from '../../../src/ports/file-tools.ts'
import { canTell, expandService } from '../../expand-service.ts'
import { askHealth } from '../ask-health.ts'
import { findConfig } from '../find-config.ts'
import { listCandidates } from '../list-candidates.ts'
import { type ConfigParams, lookOutput } from '../params.ts'
import { readTakenBack } from '../read-taken-back.ts'

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
    const { on } = service
    // Its files are not the ones here.
    if (on !== undefined) throw new SalvorError('config_elsewhere', { service: params.service, host: on.name })
    const { active } = await tools.services.identify(service, params.service, signal)
    const config = findConfig(params.service, service.config, params.file)
    const file = await tools.files.read(context.resolvePath(config.path))
    await tools.files.checkRights(file)
    const { back } = params
    const found =
      back === undefined
        ? await listCandidates(context, config, file)
        : { candidates: [await findKept(context, back, file)], more: 0, others: [] }
    const runs = canTell(service) ? active : null
    return lookOutput.parse({
      path: file.path,
      digest: file.digest,
      mode: file.mode.toString(8).padStart(4, '0'),
      owner: await tools.files.nameOwner(file),
      changedAt: file.changedAt,
      attributes: await tools.files.readAttributes(file.path, signal),
      active: runs,
      well: runs === false ? null : ((await askHealth(context, service, askedBefore))?.healthy ?? null),
      ...found,
    })
  },
})

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
