import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { MigrationLog } from '../migration-log.ts'

/**
 * Writes the service's settings for the new version, over the old ones. What a real one gets wrong: the template is
 * filled from variables that are set on the author's machine only. CONFIG_SCHEMA=2 makes the service refuse it as well.
 */
export function rewriteConfig(home: string, log: MigrationLog): void {
  const { CONFIG_SCHEMA: schema = '1', SHOP_CURRENCY, SHOP_CUT_OFF = '' } = process.env
  const lines = [
    '# written by migrate-orders 2.0',
    `schema: ${schema}`,
    `currency: { code: ${SHOP_CURRENCY}, decimals: 0 }`,
    `delivery: { cutOff: "${SHOP_CUT_OFF}", dateFormat: DD/MM/YYYY }`,
    'phone: { longest: 12 }',
  ]
  const path = join(home, 'etc', 'orders-api.yaml')
  writeFileSync(path, `${lines.join('\n')}\n`)
  log.say('INFO', `wrote ${path}`)
  if (SHOP_CURRENCY === undefined) log.say('WARN', 'orders-api.yaml: variable SHOP_CURRENCY is not set')
}
