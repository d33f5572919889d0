export { createOrdersDatabase, type OrdersDatabase } from './create-orders-database.ts'
export { placeOrders } from './place-orders.ts'
export { breakOrders, createOrders, type Orders } from './prepare-scenario.ts'
