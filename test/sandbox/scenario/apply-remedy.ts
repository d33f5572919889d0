import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { recoveryPlanSchema } from '../../../src/domain/recovery-plan.ts'
import { runSql } from '../../support/postgres.ts'
import type { BrokenShop } from './broken-shop.ts'

/** Runs a remedy of the shop's own plan, as the role that Salvor has. */
export async function applyRemedy({ orders }: BrokenShop, name: string): Promise<void> {
  const plan = recoveryPlanSchema.parse(parse(readFileSync(orders.planPath, 'utf8')))
  const database = plan.systems['orders-db']
  const remedy = database?.kind === 'postgres' ? database.remedies.find((one) => one.name === name) : undefined
  if (remedy?.sql === undefined) throw new Error(`the plan has no remedy ${name}`)
  await runSql(orders.database.url, readFileSync(join(orders.dir, remedy.sql), 'utf8'))
}
