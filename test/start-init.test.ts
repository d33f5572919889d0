import { execFile } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { startPostgres } from '../sandbox/bootstrap/index.ts'
import { runSql } from './support/postgres.ts'

const program = fileURLToPath(new URL('../bin/salvor.js', import.meta.url))

/** A server of its own: init looks into every database, and those of other tests come and go. */
let server: Awaited<ReturnType<typeof startPostgres>>
let folder: string
beforeAll(async () => {
  const root = mkdtempSync(join(inject('runFolder'), 'init-'))
  chmodSync(root, 0o711)
  server = await startPostgres({ dir: join(root, 'postgres'), settings: {} })
  await runSql(server.url('postgres'), 'CREATE DATABASE orders')
  folder = join(root, 'plan')
})
afterAll(() => server.stop('immediate'))

async function run(more: Record<string, string>, ...args: string[]) {
  const env = { PATH: process.env.PATH, HOME: process.env.HOME, ...more }
  const argv = [program, 'init', '--dir', folder, ...args]
  return await promisify(execFile)(process.execPath, argv, { env })
}

async function init(...args: string[]) {
  return (await run({}, ...args)).stdout
}

it('init writes a plan of what it finds, and says at once what that plan lacks', async () => {
  const said = await init('--url', server.url('postgres'), '--backups', folder)
  for (const name of ['salvor.yaml', 'salvor.schema.json', '.env.example', 'grants.sql', 'sudoers'])
    expect([name, existsSync(join(folder, name))]).toEqual([name, true])
  expect(readFileSync(join(folder, 'salvor.yaml'), 'utf8')).toContain('orders-db:')
  expect(said).toContain('Found: 1 databases')
  expect(said).toMatch(/Not ready: \d+ to mend/)
  expect(said).toContain('role dba: nobody holds it')
  expect(said).toContain('backups is not there')
  expect(said).not.toContain('orders-db: Environment variable')
})

it('init leaves what is there as it is', async () => {
  writeFileSync(join(folder, '.env.example'), 'mine\n')
  expect(await init()).toContain('.env.example as it is: it was there already')
  expect(readFileSync(join(folder, '.env.example'), 'utf8')).toBe('mine\n')
})

it('init takes the address out of the environment, and says that one in the command line was seen', async () => {
  const address = server.url('postgres')
  const { password } = new URL(address)
  expect(password).not.toBe('')
  const inside = await run({ ADMIN_URL: address }, '--url', `\${ADMIN_URL}`)
  expect([inside.stdout.includes('Found: 1 databases'), inside.stderr]).toEqual([true, ''])
  const shown = await run({}, '--url', address)
  expect(shown.stderr).toContain(`'\${ADMIN_URL}'`)
  expect(shown.stderr + shown.stdout).not.toContain(password)
})

it('init refuses an address that is none', async () => {
  await expect(init('--url', 'http://x')).rejects.toThrow('--url takes postgres://')
})
