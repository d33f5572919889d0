import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { expect, inject, test } from 'vitest'
import { requireBrowser, requirePrograms } from '../../../sandbox/bootstrap/index.ts'
import { listMissing } from '../../../sandbox/bootstrap/packages.ts'
import { startScript } from '../../support/processes.ts'

const MAIN = 'sandbox/bootstrap/main.ts'

test('what is missing is said once, with its packages and the way around', () => {
  expect(() => requirePrograms({})).toThrow(
    /^Missing: PostgreSQL, redis-server .*apt-get install postgresql redis-server .*brew install .*docker compose up$/s,
  )
  expect(() => requirePrograms({ postgresBin: '/x' })).toThrow(/^Missing: redis-server/)
})

test('sshd is wanted for tests only, and nothing depends on it', () => {
  const found = { postgresBin: '/x', redisServer: '/y' }
  expect(listMissing(found, 'sandbox')).toEqual([])
  expect(listMissing(found, 'test').every(({ optional }) => optional)).toBe(true)
  expect(requirePrograms(found)).toEqual(found)
})

test('a browser is wanted for the page only, and without one it is said what to install', () => {
  const found = { postgresBin: '/x', redisServer: '/y', sshd: '/z', pgbackrest: '/b' }
  expect(listMissing(found, 'test')).toEqual([])
  expect(listMissing(found, 'page').map(({ apt, optional }) => [apt, optional])).toEqual([
    ['chromium', false],
    ['fonts-noto-color-emoji', true],
  ])
  expect(listMissing({ ...found, chromium: '/c', emojiFont: '/e' }, 'page')).toEqual([])
  expect(requireBrowser({ chromium: '/c' })).toBe('/c')
  expect(() => requireBrowser({}, '')).toThrow(/^No browser: .*apt-get install chromium .*CHROMIUM_PATH/s)
  expect(() => requireBrowser({}, '/nowhere')).toThrow(/^No browser: CHROMIUM_PATH names \/nowhere, which/)
})

test('a browser that was asked for and is not there is said at once', async () => {
  const run = startScript(MAIN, ['--yes', '--for', 'page'], { CHROMIUM_PATH: '/nowhere' })
  expect(await run.ended()).toBe(1)
  expect(run.output()).toMatch(/^No browser: CHROMIUM_PATH names \/nowhere/)
})

test('the command line says where the programs are', async () => {
  const run = startScript(MAIN, ['--yes'])
  expect(await run.ended()).toBe(0)
  expect(run.output()).toContain(`PostgreSQL ${inject('postgresBin')}\n`)
})

test('wrong arguments end with the usage and code 2', async () => {
  const run = startScript(MAIN, ['--for', 'fun'])
  expect(await run.ended()).toBe(2)
  expect(run.output()).toMatch(/^usage: /)
})

test('starting needs no home folder and no PATH', async () => {
  const home = mkdtempSync(join(inject('runFolder'), 'home-'))
  const run = startScript(MAIN, ['--yes'], { PATH: '/usr/bin:/bin', HOME: join(home, 'none') })
  expect(await run.ended()).toBe(0)
})
