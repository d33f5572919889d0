import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseDocument } from 'yaml'

/** What the files of a scenario's folder depend on. */
export type HomeFacts = {
  dir: string
  apiPort: number
  /** The owner's address, for service and migration. */
  appUrl: string
  paidOrders: number
  /** Process whose end also ends the service; 0: none. */
  endsWith: number
}

/** The plan's folder in the repository's copy. */
const HOME_IN_PLAN = '/srv/orders'

/** Lays out the shop's folder: plan, programs, environment, empty folders for backups and logs. Gives the plan's path. */
export function writeHome(facts: HomeFacts): string {
  for (const folder of ['backups', 'bin', 'etc', 'logs', 'run']) mkdirSync(join(facts.dir, folder), { recursive: true })
  const environment = [
    `ORDERS_APP_URL=${facts.appUrl}`,
    `ORDERS_API_PORT=${facts.apiPort}`,
    `ORDERS_API_ENDS_WITH=${facts.endsWith}`,
  ]
  writeFileSync(join(facts.dir, 'etc', 'orders-api.env'), `${environment.join('\n')}\n`, { mode: 0o600 })
  const script = (path: string) => fileURLToPath(new URL(path, import.meta.url))
  const withEnvironment = `--env-file="$home/etc/orders-api.env"`
  writeProgram(facts.dir, 'orders-api', `${withEnvironment} "${script('service/orders-api.ts')}"`)
  writeProgram(facts.dir, 'orders-api-ctl', `"${script('service/orders-api-ctl.ts')}" "$home" "$@"`)
  const migrate = `"${script('migration/migrate-orders.ts')}" "\${1:-}" "$home/logs/migration.log" "$home/bin/orders-api-ctl"`
  writeProgram(facts.dir, 'migrate-orders', `${withEnvironment} ${migrate}`)
  return writePlan(facts)
}

/** A program that needs no particular Node on PATH: the plan names plain commands, as a real one would. */
function writeProgram(dir: string, name: string, call: string): void {
  const path = join(dir, 'bin', name)
  const home = `home=$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd)`
  writeFileSync(path, `#!/bin/sh\n${home}\nexec "${process.execPath}" ${call}\n`)
  chmodSync(path, 0o755)
}

function writePlan({ dir, apiPort, paidOrders }: HomeFacts): string {
  const text = readFileSync(new URL('salvor.yaml', import.meta.url), 'utf8')
    .replaceAll(HOME_IN_PLAN, dir)
    .replaceAll('127.0.0.1:8080', `127.0.0.1:${apiPort}`)
  const plan = parseDocument(text)
  plan.setIn(['systems', 'orders-db', 'checks', 0, 'expect'], paidOrders)
  const path = join(dir, 'salvor.yaml')
  writeFileSync(path, plan.toString({ lineWidth: 0 }))
  return path
}
