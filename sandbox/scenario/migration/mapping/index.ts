import type { Migration } from '../migration.ts'
import { openRejects } from './rejects.ts'
import { remapOrders } from './remap-orders.ts'
import { splitTable } from './split-table.ts'
import { contacts, deliveries } from './targets.ts'

/**
 * Splits contacts and deliveries out of the shop's tables and recodes orders, online. It ends with 0: rows that do not
 * fit go to a table and files of rejects, and what it mapped wrongly nobody is told.
 */
export const mapColumns: Migration = {
  title: 'mapping orders 1.4',
  stopsService: false,
  move: async ({ client, log, home }) => {
    const rejects = await openRejects(client, home)
    for (const target of [contacts, deliveries]) await splitTable({ client, log, rejects, target })
    await remapOrders(client, log)
    log.say('INFO', `rejected rows: ${rejects.count()}, kept in ${rejects.folder} and in table migration_rejects`)
  },
}
