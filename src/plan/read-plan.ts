import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { hashText } from '../domain/digest.ts'
import { SalvorError } from '../domain/errors/fail.ts'
import type { PlanText, RecoveryPlan } from '../domain/recovery-plan.ts'
import { type PlanSource, parsePlan, parsePlanText } from './parse-plan.ts'

export interface ReadPlan {
  readonly plan: RecoveryPlan
  /** What to keep in the store. */
  readonly source: PlanSource
}

/** Reads the plan file and hashes the files it names. Throws `plan_missing` or `plan_invalid`. */
export async function readPlan(path: string): Promise<ReadPlan> {
  const file = resolve(path)
  const text = await readText(file, path)
  const folder = dirname(file)
  const named = listNamedFiles(parsePlanText({ text, path }))
  const hashes = await Promise.all(named.map(async (name) => [name, await hashFile(resolve(folder, name))] as const))
  const source: PlanSource = { text, path, folder, fileHashes: Object.fromEntries(hashes) }
  return { plan: parsePlan(source), source }
}

async function readText(file: string, path: string): Promise<string> {
  try {
    const bytes = await readFile(file)
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') throw new SalvorError('plan_missing', { path }, { cause })
    const problem =
      code === 'ERR_ENCODING_INVALID_ENCODED_DATA' ? 'this is no UTF-8 text' : `it cannot be read (${code})`
    throw new SalvorError(
      'plan_invalid',
      { path, line: 1, column: 1, problem, fix: 'Check the file and its rights.' },
      { cause },
    )
  }
}

/** Files whose content is part of the plan: remedies, pgBackRest's settings, known hosts. */
function listNamedFiles(plan: PlanText): string[] {
  const ofSystems = Object.values(plan.systems).flatMap((system) =>
    system.kind !== 'postgres'
      ? []
      : [
          ...system.backups.flatMap((backup) => (backup.kind === 'pgbackrest' ? (backup.configFile ?? []) : [])),
          ...system.remedies.flatMap(({ sql, undo }) =>
            [sql, undo].filter((text) => text !== undefined && /^\S+\.sql$/.test(text)),
          ),
        ],
  )
  const ofHosts = Object.values(plan.hosts).map(({ knownHosts }) => knownHosts)
  const names = [...ofSystems, ...ofHosts].filter((name): name is string => name !== undefined)
  // A name out of the environment differs by process; such a file cannot be part of a common digest.
  return [...new Set(names)].filter((name) => !name.includes('${')).sort()
}

async function hashFile(file: string): Promise<string | null> {
  try {
    return hashText(await readFile(file))
  } catch {
    return null
  }
}
