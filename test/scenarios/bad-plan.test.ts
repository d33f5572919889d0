import { execFile } from 'node:child_process'
import { appendFileSync, copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findFreePort } from '../../sandbox/bootstrap/index.ts'
import { channel, openNight, type TestNight } from '../support/night.ts'
import { until } from '../support/until.ts'
import { command } from './hear-refusal.ts'

const program = fileURLToPath(new URL('../../bin/salvor.js', import.meta.url))
let night: TestNight

beforeAll(async () => {
  night = await openNight({ scale: 0.001 })
})

afterAll(() => night.close())

/** `salvor serve` with a bad environment, which must end by itself. */
async function serve(env: NodeJS.ProcessEnv): Promise<{ code: number; said: string }> {
  const port = String(await findFreePort())
  return new Promise((resolve) => {
    const options = { env: { ...night.env, PORT: port, ...env }, timeout: 30_000 }
    execFile(process.execPath, [program, 'serve'], options, (error, _stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), said: stderr })
    })
  })
}

/** A copy of the plan with other words in it; gives its path. */
function writePlan(name: string, change: (text: string) => string): string {
  const path = join(night.orders.dir, name)
  writeFileSync(path, change(readFileSync(night.orders.planPath, 'utf8')))
  return path
}

describe('the program ends with 1 and a sentence when', () => {
  it('there is no plan file', async () => {
    const { code, said } = await serve({ SALVOR_PLAN: '/nowhere/salvor.yaml' })
    expect(code).toBe(1)
    expect(said).toContain('There is no recovery plan at /nowhere/salvor.yaml.')
    expect(said).toMatch(/Set SALVOR_PLAN/)
  })

  it('the plan is no YAML, with line and column', async () => {
    const path = writePlan('broken.yaml', (text) => `${text}\n  odd: [1, 2\n`)
    const { code, said } = await serve({ SALVOR_PLAN: path })
    expect(code).toBe(1)
    expect(said).toMatch(/broken\.yaml:\d+:\d+: /)
    expect(said).not.toMatch(/ at .*\.ts:\d+/)
  })

  it('the plan has an unknown key, with line, column and the nearest one', async () => {
    const path = writePlan('unknown.yaml', (text) => text.replace('keepOld:', 'keepOlt:'))
    const line =
      readFileSync(path, 'utf8')
        .split('\n')
        .findIndex((one) => one.startsWith('keepOlt')) + 1
    const { code, said } = await serve({ SALVOR_PLAN: path })
    expect(code).toBe(1)
    expect(said).toContain(`unknown.yaml:${line}:1: `)
    expect(said).toMatch(/keepOlt.*\n?.*keepOld/s)
  })

  it('the plan speaks of somebody whom it does not name', async () => {
    const path = writePlan('owner.yaml', (text) => text.replace('owner: dba', 'owner: dbas'))
    const { code, said } = await serve({ SALVOR_PLAN: path })
    expect(code).toBe(1)
    expect(said).toMatch(/owner\.yaml:\d+:\d+: .*dbas/)
  })

  it('DATABASE_URL is not set, or is no address of PostgreSQL', async () => {
    const missing = await serve({ DATABASE_URL: '' })
    expect(missing).toMatchObject({ code: 1, said: expect.stringContaining('DATABASE_URL is not set.') })
    expect(missing.said).toMatch(/Salvor's own store/)
    const wrong = await serve({ DATABASE_URL: 'mysql://root:hidden@127.0.0.1/x' })
    expect(wrong).toMatchObject({ code: 1, said: expect.stringMatching(/DATABASE_URL: /) })
    expect(wrong.said).not.toContain('hidden')
  })

  it('the store does not answer, without its password', async () => {
    const port = await findFreePort()
    const { code, said } = await serve({ DATABASE_URL: `postgres://salvor:hidden@127.0.0.1:${port}/salvor` })
    expect(code).toBe(1)
    expect(said).toMatch(/DATABASE_URL: the store does not answer \(nothing listens there\)\.\nStart its PostgreSQL/)
    expect(said).not.toContain('hidden')
  })
})

describe('a plan that becomes faulty while Salvor runs', () => {
  it('leaves the one before in force, and the journal system says what is wrong', async () => {
    const { planPath } = night.orders
    const whole = join(night.orders.dir, 'whole.yaml')
    copyFileSync(planPath, whole)
    await night.start('serve')
    const digest = async () => await night.query<{ digest: string }>('SELECT digest FROM salvor.plans ORDER BY 1')
    const before = await digest()
    appendFileSync(planPath, '\nkeepOlt: 7d\n')
    const [refused] = await until('the refusal in the journal', async () => {
      const rows = await night.query<{ data: object }>(
        `SELECT data FROM salvor.events WHERE incident = 0 AND type = 'plan_refused'`,
      )
      return rows.length > 0 ? rows : undefined
    })
    expect(refused?.data).toMatchObject({
      code: 'plan_invalid',
      facts: { problem: expect.stringContaining('keepOlt') },
    })
    expect(await digest()).toEqual(before)
    await command(night, 'alice', 'open Orders lost')
    await night.slack.waitFor('a root message', () => night.slack.messages(channel).find((one) => one.byBot))
    copyFileSync(whole, planPath)
    appendFileSync(planPath, '# mended\n')
    await until('the mended plan', async () => (await digest()).length > before.length)
    expect(night.slack.violations).toEqual([])
  })
})
