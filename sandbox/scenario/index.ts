export { createOrdersDatabase, type OrdersDatabase } from './create-orders-database.ts'
export {
  type InspectedConfig,
  type InspectedService,
  inspectConfig,
  inspectService,
  inspectTables,
} from './inspect/inspect-orders.ts'
export { placeOrders } from './place-orders.ts'
export { breakOrders, createOrders, type Orders } from './prepare-scenario.ts'
export { removeOrders } from './remove-orders.ts'
export { stories } from './stories/index.ts'
