import { basename } from 'node:path'
import { SalvorError } from '../../src/domain/errors/fail.ts'
import { findNearest } from '../../src/domain/nearest.ts'
import type { ServiceSystem } from '../../src/domain/recovery-plan.ts'
import type { LookContext } from '../../src/engine/define-step.ts'
import type { FileVersion, FileVersions, FoundFile } from '../../src/ports/file-tools.ts'
import { testOf } from './find-config.ts'
import type { ConfigParams } from './params.ts'

/** Versions that are tried, the newest first: whoever wants an older one names it. */
const mostTried = 10

/** Names that a sentence lists. */
const mostNamed = 6

interface Candidates {
  readonly candidates: { readonly label: string; readonly path: string }[]
  readonly more: number
  readonly others: string[]
}

/**
 * What may take the file's place: the version that was named, else the versions from the newest on, which a test of
 * the plan then chooses from. Throws `config_choose` where only a person can choose.
 */
export async function listCandidates(
  context: LookContext<ConfigParams>,
  config: ServiceSystem['config'][number],
  file: FoundFile,
): Promise<Candidates> {
  const { service, version } = context.params
  const { path } = file
  const folder = context.resolvePath(config.versions)
  const found = await context.tools.files.listVersions(folder, context.resolvePath(config.path))
  const others = found.others.map(({ name, why }) => `${name} (${why})`)
  const all = [...found.versions, ...found.named]
  const [first] = all
  const asked = version === undefined ? undefined : findOther(found, version, basename(path))
  const known = listShort(all.map((one) => sayLabel(all, one)))
  if (asked !== undefined)
    throw new SalvorError('config_not_version', {
      name: asked.name,
      folder,
      path,
      seen: asked.why,
      known: known || 'none',
    })
  if (first === undefined) {
    const seen = others.length === 0 ? '' : `; it holds ${listShort(others)}`
    throw new SalvorError('config_no_version', { path, folder, others: seen, example: `${basename(path)}.v1` })
  }
  const told = [...found.named.map(({ name }) => `${name} (its name says no place)`), ...others]
  if (version !== undefined)
    return { candidates: [tell(findVersion(all, version, { folder, path, known }))], more: 0, others: [] }
  const seen = whyChoose(config, found)
  if (seen !== null) {
    const besides = others.length === 0 ? '' : `; no versions: ${listShort(others)}`
    throw new SalvorError('config_choose', {
      path,
      seen,
      folder,
      service,
      example: sayLabel(all, first),
      known: known + besides,
    })
  }
  const candidates = found.versions.slice(0, mostTried).map(tell)
  return { candidates, more: found.versions.length - candidates.length, others: told }
}

/** `a, b, c and 4 more`. */
export function listShort(names: readonly string[], between = ', '): string {
  const rest = names.length - mostNamed
  return names.slice(0, mostNamed).join(between) + (rest > 0 ? ` and ${rest} more` : '')
}

function whyChoose(config: ServiceSystem['config'][number], { versions, unordered }: FileVersions): string | null {
  if (testOf(config) === null) return 'the plan has no test that reads it'
  return versions.length === 0 ? 'no name in the folder says which is the newest' : unordered
}

/** By the label that people see, or by the name of its entry; never a path that was typed. */
function findVersion(
  all: readonly FileVersion[],
  version: string,
  facts: { readonly folder: string; readonly path: string; readonly known: string },
): FileVersion {
  const byName = all.find(({ name }) => name === version)
  const [byLabel, ...twins] = all.filter(({ label }) => label === version)
  const found = byName ?? byLabel
  if (found !== undefined && (byName !== undefined || twins.length === 0)) return found
  const labels = all.map((one) => sayLabel(all, one))
  const nearest = (found && sayLabel(all, found)) ?? findNearest(version, labels) ?? labels[0] ?? ''
  throw new SalvorError('config_version_unknown', { ...facts, version, nearest })
}

function findOther({ others }: FileVersions, version: string, file: string) {
  const names = [version, ...['.', '-', '_', '@', ' '].map((separator) => `${file}${separator}${version}`)]
  return others.find(({ name }) => names.includes(name))
}

/** Its label, or the name of its entry where two have that label. */
function sayLabel(all: readonly FileVersion[], { label, name }: FileVersion): string {
  return all.filter((one) => one.label === label).length > 1 ? name : label
}

function tell({ label, path }: FileVersion) {
  return { label, path }
}
