import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'

/** What a process knows of itself, asked at each request. */
export interface Health {
  /** Names of parts that are not ready, with why; empty when all are. */
  notReady(): Promise<string[]>
  /** Numbers by metric name, for Prometheus' text format. */
  metrics(): Promise<{ readonly [name: string]: number }>
}

export interface HealthRoute {
  readonly path: string
  readonly method: string
  readonly handler: (request: IncomingMessage, response: ServerResponse) => void
}

/** `/healthz` (the process lives), `/readyz` (it can work; else 503 and why), `/metrics`. No secrets, no names of people. */
export function createHealthRoutes(health: Health): HealthRoute[] {
  const answer = (response: ServerResponse, status: number, text: string) => {
    response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(`${text}\n`)
  }
  return [
    { path: '/healthz', method: 'GET', handler: (_request, response) => answer(response, 200, 'ok') },
    {
      path: '/readyz',
      method: 'GET',
      handler: async (_request, response) => {
        const problems = await health.notReady().catch((error) => [String(error)])
        answer(response, problems.length === 0 ? 200 : 503, problems.length === 0 ? 'ready' : problems.join('\n'))
      },
    },
    {
      path: '/metrics',
      method: 'GET',
      handler: async (_request, response) => {
        const metrics = await health.metrics().catch(() => ({}))
        const lines = Object.entries(metrics).map(([name, value]) => `salvor_${name} ${value}`)
        answer(response, 200, lines.join('\n'))
      },
    },
  ]
}

/** The same routes on a server of their own, where Slack's HTTP mode does not bring one. */
export async function serveHealth(routes: readonly HealthRoute[], host: string, port: number): Promise<Server> {
  const server = createServer((request, response) => {
    const path = (request.url ?? '').split('?')[0]
    const route = routes.find((one) => one.path === path && one.method === request.method)
    if (route) route.handler(request, response)
    else response.writeHead(404).end()
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  return server
}
