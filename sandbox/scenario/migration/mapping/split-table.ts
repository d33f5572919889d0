import type pg from 'pg'
import { cutIntoBatches } from '../migration.ts'
import type { MigrationLog } from '../migration-log.ts'
import type { Rejects } from './rejects.ts'
import type { Target } from './targets.ts'

type Work = { client: pg.Client; log: MigrationLog; rejects: Rejects; target: Target }

/** Fills a new table from an old one. A batch that fails is halved until the rows are found that do not fit. */
export async function splitTable(work: Work): Promise<void> {
  const { client, log, target } = work
  await client.query(`DROP TABLE IF EXISTS ${target.table}`)
  await client.query(`CREATE TABLE ${target.table} (${target.create})`)
  for (const { from, to, name } of await cutIntoBatches(client, target.source)) {
    const rejected = await insertRange(work, from, to)
    const outcome = rejected === 0 ? '' : `, ${rejected} rejected`
    log.say(rejected === 0 ? 'INFO' : 'WARN', `${target.table} from ${name}: done${outcome}`)
  }
}

/** Gives the number of rows that were rejected. */
async function insertRange(work: Work, from: number, to: number): Promise<number> {
  const { client, log, rejects, target } = work
  const { table, source, columns, values, types, where } = target
  const cast = values.map((value, index) => `(${value})::${types[index]}`)
  try {
    await client.query(
      `INSERT INTO ${table} (${columns.join(', ')}) SELECT ${cast.join(', ')} FROM ${source} ` +
        `WHERE id BETWEEN $1 AND $2 AND ${where}`,
      [from, to],
    )
    return 0
  } catch (error) {
    if (from === to) {
      await rejects.add(target, from, error as pg.DatabaseError)
      log.fail('ERROR', `${table}, line ${from}: row rejected`, error)
      return 1
    }
    const middle = Math.floor((from + to) / 2)
    return (await insertRange(work, from, middle)) + (await insertRange(work, middle + 1, to))
  }
}
