import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { restore } from '../../jobs/restore/index.ts'
import type { JsonObject } from '../../src/domain/json.ts'
import type { Stanza } from './stanza.ts'
import { type SteppedJob, type SteppedJobOptions, stepJob } from './step-context.ts'

let count = 0

/** A restore of a stanza's database, step by step. */
export function startRestore(
  stanza: Stanza,
  params: JsonObject = {},
  { backups = [stanza.entry], tools = {} }: Pick<SteppedJobOptions, 'backups' | 'tools'> = {},
): SteppedJob {
  count += 1
  const { url } = stanza
  return stepJob({
    ...{ kind: restore, id: `restore-br${count}`, url, adminUrl: url.replace(/orders$/, 'postgres') },
    ...{ backups, tools, beganAt: null, params: { system: 'orders-db', ...params } },
  })
}

/** What stands in the scratch folder beside what was kept on purpose. */
export function listScratch({ scratch }: Stanza): string[] {
  return (existsSync(scratch) ? readdirSync(scratch) : []).filter((one) => !one.startsWith('.'))
}

/** Rows of a table as they were copied out. */
export function countCopied(job: SteppedJob, table: string): number {
  const { copied } = job.outputOf('recover') as { copied: { manifest: { path: string } } }
  const { tables } = JSON.parse(readFileSync(copied.manifest.path, 'utf8')) as {
    tables: { name: string; rows: number }[]
  }
  return tables.find(({ name }) => name === table)?.rows ?? 0
}
