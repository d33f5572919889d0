import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { findFreePort } from '../sandbox/bootstrap/index.ts'
import { configVariables, readConfig } from '../src/config.ts'
import { readText, root } from './support/sources.ts'
import { until } from './support/until.ts'

interface Service {
  image: string
  command?: string[]
  environment?: Record<string, string>
  healthcheck?: { test: string[] }
  depends_on?: Record<string, { condition: string }>
  ports?: string[]
  profiles?: string[]
  build?: { context: string; target: string }
}

const compose = parse(readText('docker-compose.yml'), { merge: true }) as {
  services: Record<string, Service>
  configs: Record<string, { content: string }>
  volumes: Record<string, unknown>
}
const { services } = compose
const dockerfile = readText('Dockerfile')
const ours = Object.entries(services).filter(([, { build }]) => build !== undefined)

test('PostgreSQL, Redis, bot, worker and the sandbox are there', () => {
  expect(Object.keys(services)).toEqual(['postgres', 'redis', 'migrate', 'bot', 'worker', 'sandbox'])
  expect(services.sandbox?.profiles).toEqual(['sandbox'])
})

test('Redis keeps wakeups over a restart and evicts none', () => {
  const lines = compose.configs.redis?.content.split('\n')
  expect(lines).toContain('appendonly yes')
  expect(lines).toContain('maxmemory-policy noeviction')
})

/** Redis with the settings that compose gives it, on a port of its own. */
function startRedis(password: string, port: number) {
  const folder = mkdtempSync(join(tmpdir(), 'salvor-compose-redis-'))
  const text = (compose.configs.redis?.content ?? '').replace(/\$\{REDIS_PASSWORD:-\}/g, password)
  const path = join(folder, 'redis.conf')
  writeFileSync(path, `${text}port ${port}\nbind 127.0.0.1\ndir ${folder}\n`)
  const child = spawn('redis-server', [path], { stdio: 'ignore' })
  return { child, ended: new Promise((resolve) => child.on('close', resolve)) }
}

test('Redis does not start without a password', async () => {
  const { child, ended } = startRedis('', await findFreePort())
  expect(await ended).not.toBe(0)
  expect(child.signalCode).toBeNull()
})

test('Redis answers nobody without the password, and nobody with another', async () => {
  const port = await findFreePort()
  const { child, ended } = startRedis('right0password', port)
  const ask = (password: string) =>
    spawnSync('redis-cli', ['-p', String(port), 'ping'], { env: { ...process.env, REDISCLI_AUTH: password } }).stdout
  await until('Redis', async () => `${ask('right0password')}`.includes('PONG') || undefined, 30_000)
  expect(`${ask('')}`).toContain('NOAUTH')
  expect(`${ask('wrong')}`).not.toContain('PONG')
  child.kill()
  await ended
})

test('no password stands in a command line', () => {
  for (const { command = [], healthcheck } of Object.values(services))
    expect([...command, ...(healthcheck?.test ?? [])].join(' ')).not.toContain('PASSWORD')
})

test('whatever stays up says whether it is well', () => {
  for (const name of ['postgres', 'redis', 'bot', 'worker'])
    expect(services[name]?.healthcheck?.test, name).toBeDefined()
  expect(services.bot?.healthcheck?.test.at(-1)).toContain('/readyz')
})

test.each(ours)('%s gets no variable that Salvor does not read', (_name, { environment = {} }) => {
  const known = configVariables.map(({ name }) => name)
  expect(Object.keys(environment).filter((name) => !known.includes(name))).toEqual([])
})

test.each(['migrate', 'bot', 'worker'])('the environment of %s is usable', (name) => {
  const filled = Object.entries(services[name]?.environment ?? {}).map(([key, value]) => [
    key,
    value.replace(/\$\{[A-Z_]+:-\}/g, 'secret'),
  ])
  expect(readConfig(Object.fromEntries(filled))).toMatchObject({ REDIS_URL: 'redis://:secret@redis:6379' })
})

test('the sandbox starts without any variable being set', () => {
  expect(readText('docker-compose.yml').match(/\$\{[A-Z_]+(?!:-\})[^A-Z_]/g)).toBeNull()
})

test('bot and worker come to the store under roles of their own, the worker without tokens of Slack', () => {
  const user = (name: string) =>
    new URL(services[name]?.environment?.DATABASE_URL?.replace(/\$\{.*\}/, 'x') ?? '').username
  expect(['migrate', 'bot', 'worker'].map(user)).toEqual(['salvor', 'salvor_bot', 'salvor_worker'])
  expect(Object.keys(services.worker?.environment ?? {}).filter((name) => name.startsWith('SLACK'))).toEqual([])
  for (const name of ['bot', 'worker'])
    expect(services[name]?.depends_on?.migrate?.condition).toBe('service_completed_successfully')
})

test('nothing is published beyond this machine', () => {
  const published = Object.values(services).flatMap(({ ports = [] }) => ports)
  expect(published.every((port) => port.startsWith('127.0.0.1:'))).toBe(true)
})

test('the image runs on Node 24, not as root, with the client tools of PostgreSQL', () => {
  const stages = dockerfile.split(/^FROM /m).slice(1)
  expect(stages.map((stage) => stage.split('\n')[0])).toEqual([
    'node:24-trixie-slim AS salvor',
    'salvor AS sandbox',
    'salvor',
  ])
  for (const stage of stages.slice(0, 2)) expect(stage.match(/^USER .*/gm)?.at(-1)).toBe('USER node')
  expect(stages[0]).toContain('postgresql-client')
  expect(ours.map(([, { build }]) => build?.target).every((target) => dockerfile.includes(`AS ${target}`))).toBe(true)
})

test('everything that the image copies exists and is let through', () => {
  const copied = [...dockerfile.matchAll(/^COPY (.*) \S+$/gm)].flatMap((match) => (match[1] ?? '').split(' '))
  const allowed = readText('.dockerignore').split('\n')
  expect(copied.filter((path) => !existsSync(`${root}${path}`))).toEqual([])
  expect(copied.filter((path) => !allowed.includes(`!${path}`))).toEqual([])
})
