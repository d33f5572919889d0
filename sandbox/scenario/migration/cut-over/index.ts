import type { Migration } from '../migration.ts'
import { convertCustomers } from './convert-customers.ts'
import { moveOrders } from './move-orders.ts'
import { rewriteConfig } from './rewrite-config.ts'

/** The cut-over to version 2 of the shop: new phone column, new table of orders, new settings of the service. */
export const cutOver: Migration = {
  title: 'migration orders 2.0',
  stopsService: true,
  move: async ({ client, log, home }) => {
    rewriteConfig(home, log)
    await convertCustomers(client, log)
    await moveOrders(client, log)
  },
}
