import type { Server, ServerResponse } from 'node:http'
import { createRouter, type Route } from './ports/routes.ts'

/** What a process knows of itself, asked at each request. */
export interface Health {
  /** Names of parts that are not ready, with why; empty when all are. */
  notReady(): Promise<string[]>
  /** Numbers by metric name, for Prometheus' text format. */
  metrics(): Promise<{ readonly [name: string]: number }>
}

/** `/healthz` (the process lives), `/readyz` (it can work; else 503 and why), `/metrics`. No secrets, no names of people. */
export function createHealthRoutes(health: Health): Route[] {
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
export async function serveHealth(routes: readonly Route[], host: string, port: number): Promise<Server> {
  // Node loads an HTTP client along with it, which a runner and a terminal have no use for.
  const { createServer } = await import('node:http')
  const server = createServer(createRouter(routes))
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  return server
}
