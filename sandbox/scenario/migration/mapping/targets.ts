/** A table that the mapping fills from one of the shop's. */
export type Target = {
  table: string
  source: 'customers' | 'orders'
  columns: readonly string[]
  create: string
  /** Each column's value as text, as a COPY file would bring it; it is cast on the way into the column. */
  values: readonly string[]
  /** Casts of `values`, in their order. */
  types: readonly string[]
  where: string
}

/** UTF-8 read as Latin-1: every letter outside ASCII becomes two or three. */
const misread = (text: string) => `convert_from(convert_to(${text}, 'UTF8'), 'LATIN1')`

/** Twelve characters, as in the shop's own country; numbers from abroad have thirteen. */
export const contacts: Target = {
  table: 'customer_contacts',
  source: 'customers',
  columns: ['customer_id', 'phone', 'email'],
  create: 'customer_id bigint PRIMARY KEY, phone varchar(12) NOT NULL, email text NOT NULL',
  values: ['id::text', 'normalise_phone(phone)', 'email::text'],
  types: ['bigint', 'varchar', 'text'],
  where: 'phone IS NOT NULL',
}

/** Wishes as customers typed them become dates; not all of them are. */
export const deliveries: Target = {
  table: 'deliveries',
  source: 'orders',
  columns: ['order_id', 'deliver_on', 'city'],
  create: 'order_id bigint PRIMARY KEY, deliver_on date NOT NULL, city text NOT NULL',
  values: ['id::text', 'delivery_wish', misread('(ship_to).city')],
  types: ['bigint', 'date', 'text'],
  where: 'delivery_wish IS NOT NULL',
}
