import { chmodSync, copyFileSync, cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
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
  const folders = ['backups', 'bin', 'etc', 'logs', 'run', 'versions/orders-api']
  for (const folder of folders) mkdirSync(join(facts.dir, folder), { recursive: true })
  const environment = [
    `ORDERS_APP_URL=${facts.appUrl}`,
    `ORDERS_API_PORT=${facts.apiPort}`,
    `ORDERS_API_ENDS_WITH=${facts.endsWith}`,
    `ORDERS_API_CONFIG=${configPaths(facts.dir).path}`,
  ]
  writeFileSync(join(facts.dir, 'etc', 'orders-api.env'), `${environment.join('\n')}\n`, { mode: 0o600 })
  const script = (path: string) => fileURLToPath(new URL(path, import.meta.url))
  const withEnvironment = `--env-file="$home/etc/orders-api.env"`
  writeProgram(facts.dir, 'orders-api', `${withEnvironment} "${script('service/orders-api.ts')}" "$@"`)
  writeProgram(facts.dir, 'orders-api-ctl', `"${script('service/orders-api-ctl.ts')}" "$home" "$@"`)
  writeProgram(
    facts.dir,
    'migrate-orders',
    `${withEnvironment} --env-file="$home/etc/migrate-orders.env" "${script('migration/migrate-orders.ts')}" "\${1:-}" "$home"`,
  )
  chooseMigration(facts.dir, 'bad-cut-over')
  writeConfig(facts.dir)
  cpSync(script('remedies'), join(facts.dir, 'remedies'), { recursive: true })
  return writePlan(facts)
}

/** Which migration `bin/migrate-orders` is: the story that is told in this folder, also when it is run again. */
export function chooseMigration(dir: string, story: string): void {
  writeFileSync(join(dir, 'etc', 'migrate-orders.env'), `MIGRATION=${story}\n`)
}

/** The file that the service reads, and the newest of its kept versions. */
export function configPaths(dir: string): { path: string; good: string } {
  return { path: join(dir, 'etc', 'orders-api.yaml'), good: join(dir, 'versions', 'orders-api', 'orders-api.yaml.v7') }
}

function writeConfig(dir: string): void {
  const { path, good } = configPaths(dir)
  for (const version of ['v6', 'v7']) {
    const name = `orders-api.yaml.${version}`
    copyFileSync(new URL(`config/${name}`, import.meta.url), join(dirname(good), name))
  }
  copyFileSync(good, path)
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
