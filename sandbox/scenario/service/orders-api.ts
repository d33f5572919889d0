import { createServer, type ServerResponse } from 'node:http'
import pg from 'pg'
import { type ReadConfig, readConfig } from './read-config.ts'
import { findSchemaFault } from './required-columns.ts'

const url = process.env.ORDERS_APP_URL
const port = Number(process.env.ORDERS_API_PORT ?? 8080)
/** When set, the service ends once that process is gone: a sandbox that was killed leaves nothing behind. */
const master = Number(process.env.ORDERS_API_ENDS_WITH ?? 0)

const [flag, candidate] = process.argv.slice(2)
if (flag === '--check') checkConfig(candidate ?? '')
else await serveOrders()

/** The shop's small HTTP service: refuses to start on a schema it was not written for; SIGTERM ends it in order. */
async function serveOrders(): Promise<void> {
  if (url === undefined) return refuse('ORDERS_APP_URL is not set')
  const config = readConfig(process.env.ORDERS_API_CONFIG ?? 'etc/orders-api.yaml')
  if (config.fault !== undefined) return refuse(config.fault)
  for (const warning of config.warnings) say(`warning: ${warning}`)
  const pool = new pg.Pool({
    connectionString: url,
    application_name: 'orders-api',
    max: 5,
    connectionTimeoutMillis: 3_000,
    query_timeout: 3_000,
  })
  // A restored database ends all sessions of the old one; the pool opens new ones by itself.
  pool.on('error', (error) => say(`a database session ended: ${error.message}`))
  const fault = await findSchemaFault(pool).catch((error: Error) => `cannot ask the database: ${error.message}`)
  if (fault !== undefined) return refuse(fault)
  const server = createServer((request, response) => {
    answer(pool, config, request.url ?? '/', response).catch((error: Error) =>
      send(response, 503, { error: error.message }),
    )
  })
  server.on('error', (error) => refuse(error.message))
  server.listen(port, '127.0.0.1', () => say(`listening on 127.0.0.1:${port}, pid ${process.pid}`))
  const close = () => {
    say('stopping')
    server.close(() => pool.end().then(() => process.exit(0)))
    server.closeIdleConnections()
  }
  process.once('SIGTERM', close).once('SIGINT', close)
  if (master > 0) setInterval(() => isAlive(master) || close(), 1_000).unref()
}

async function answer(pool: pg.Pool, config: ReadConfig, path: string, response: ServerResponse): Promise<void> {
  const { settings, warnings } = config
  if (path === '/healthz') {
    const fault = await findSchemaFault(pool)
    const { rowCount } = await pool.query('SELECT status FROM orders LIMIT 1')
    const error = fault ?? (rowCount === 0 ? 'table orders is empty' : undefined)
    if (error !== undefined) return send(response, 503, { error })
    // It serves, so it is up; what it had to make up is for people to see and to mend.
    return send(response, 200, warnings.length === 0 ? { status: 'ok' } : { status: 'warning', warnings })
  }
  const id = /^\/orders\/(\d{1,18})$/.exec(path)?.[1]
  if (id === undefined) return send(response, 404, { error: 'no such page' })
  const { rows } = await pool.query(
    'SELECT o.id, o.status, o.total, o.delivery_wish, c.name, c.phone FROM orders o JOIN customers c ON c.id = o.customer_id WHERE o.id = $1',
    [id],
  )
  const row = rows[0]
  if (row === undefined) return send(response, 404, { error: `no order ${id}` })
  const total = `${Number(row.total).toFixed(Number(settings['currency.decimals']))} ${settings['currency.code']}`
  return send(response, 200, { ...row, total, cutOff: settings['delivery.cutOff'] })
}

/** `--check <file>`: whether the service would be content with this config; says every fault and ends with 0 or 1. */
function checkConfig(path: string): void {
  const { fault, warnings } = readConfig(path)
  const faults = fault === undefined ? warnings : [fault]
  process.stdout.write(`${faults.length === 0 ? 'config is good' : faults.join('\n')}\n`)
  process.exitCode = faults.length === 0 ? 0 : 1
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(`${JSON.stringify(body)}\n`)
}

function refuse(reason: string): void {
  say(`cannot start: ${reason}`)
  process.exit(1)
}

function say(words: string): void {
  process.stdout.write(`${new Date().toISOString()} orders-api ${words}\n`)
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
