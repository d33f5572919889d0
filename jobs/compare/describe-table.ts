import { type ComparedTable, differs } from '../../src/domain/comparison.ts'
import { writeCount } from '../../src/domain/count.ts'
import { describeFindingMessage } from '../../src/domain/finding-texts.ts'
import { plainText } from '../../src/domain/text.ts'

/** One line: what differs, in which columns, and a few keys. */
export function describeTable(table: ComparedTable): string {
  const name = table.name === table.other ? table.name : `${table.name} (${table.other})`
  if (table.why !== null) return plainText(`⚠ ${name}: not compared: ${describeFindingMessage(table.why)}`)
  if (!differs(table)) return plainText(`✓ ${name}: ${writeCount(table.rows.here)} rows`)
  const counts = (['inserted', 'deleted', 'changed'] as const).flatMap((kind) =>
    table[kind] === 0 ? [] : [`${writeCount(table[kind])} ${kind}`],
  )
  const columns = table.columns.map(({ column, rows }) => `${column} ${writeCount(rows)}`)
  const more = [
    ...(columns.length === 0 ? [] : [` (${columns.slice(0, 5).join(', ')}${columns.length > 5 ? ', …' : ''})`]),
    ...(table.keys.length === 0 ? [] : [`: ${table.keys.join('; ')}`]),
    ...(table.by === 'row' ? [', by whole rows: it has no key'] : []),
    ...(table.seen === 'once' ? [', too many to be looked at twice'] : []),
  ]
  return plainText(`❌ ${name}: ${counts.join(', ')}${more.join('')}`)
}

/** What was not compared of a table that was: columns without a counterpart, and those that the plan leaves out. */
export function describeLeftOut({ name, unmapped, without }: ComparedTable): string[] {
  return [
    ...unmapped.here.map((column) => plainText(`${name}.${column}: only this side has it, compared with nothing`)),
    ...unmapped.there.map((column) => plainText(`${name}: ${column} of the other side is mapped nowhere`)),
    ...without.map(({ column, reason }) => plainText(`${name}.${column}: left out: ${reason}`)),
  ]
}
