import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { configVariables, readConfig } from '../src/config.ts'
import { readText, root } from './support/sources.ts'

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
  const line = services.redis?.command?.join(' ')
  expect(line).toContain('--appendonly yes')
  expect(line).toContain('--maxmemory-policy noeviction')
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
  expect(readConfig(Object.fromEntries(filled))).toMatchObject({ REDIS_URL: 'redis://redis:6379' })
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
