import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { listSettingTexts, parseStatements } from './parse-statements.ts'
import type { TocEntry } from './toc.ts'

/** What each run of pg_restore is told, one after the other. */
interface LoadRuns {
  readonly args: readonly (readonly string[])[]
  tidyUp(): Promise<void>
}

/**
 * One run, unless somebody else than an owner granted something: such a grant is made as its grantor, who must be let
 * into the schema by then, and parallel jobs grant both at once. Then privileges, and what pg_restore does after them,
 * follow in a run of one job.
 */
export async function splitLoad(toc: readonly TocEntry[], jobs: number): Promise<LoadRuns> {
  if (!(await isSplit(toc, jobs))) return oneRun(jobs)
  const lists = await writeLists([toc.filter((one) => !isAfterGrants(one)), toc.filter(isAfterGrants)])
  const [first = '', second = ''] = lists.paths
  return {
    args: [
      [`--jobs=${jobs}`, `--use-list=${first}`],
      ['--jobs=1', `--use-list=${second}`],
    ],
    tidyUp: lists.tidyUp,
  }
}

/** Whether somebody else than an owner granted something, and there are parallel jobs. */
export async function isSplit(toc: readonly TocEntry[], jobs: number): Promise<boolean> {
  if (jobs === 1) return false
  const grants = toc.filter((one) => one.kind === 'ACL')
  const grantors = await Promise.all(
    grants.map(async (one) => listSettingTexts(await parseStatements(one.definition), 'session_authorization')),
  )
  return grantors.flat().length > 0
}

/** All of it at once. */
export function oneRun(jobs: number): LoadRuns {
  return { args: [[`--jobs=${jobs}`]], tidyUp: async () => {} }
}

/** What pg_restore leaves for its last two passes. */
function isAfterGrants({ kind, tag }: TocEntry): boolean {
  if (kind === 'ACL' || kind === 'DEFAULT ACL' || kind === 'EVENT TRIGGER') return true
  if (kind === 'MATERIALIZED VIEW DATA') return true
  return (kind === 'COMMENT' || kind === 'SECURITY LABEL') && tag.startsWith('EVENT TRIGGER ')
}

/** Files by which pg_restore does only these entries, in this order. */
export async function writeLists(
  lists: readonly (readonly TocEntry[])[],
): Promise<{ readonly paths: readonly string[]; tidyUp(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'salvor-list-'))
  const paths = lists.map((_, index) => join(folder, `list-${index}`))
  for (const [index, path] of paths.entries())
    await writeFile(path, `${lists[index]?.map((one) => `${one.id};`).join('\n')}\n`)
  return { paths, tidyUp: () => rm(folder, { recursive: true, force: true }) }
}
