import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { expect, inject, test } from 'vitest'
import { adminUrl } from './postgres.ts'
import { descendantsOf, isAlive, processesWithEnv, sessionsOf, startProgram, startScript } from './processes.ts'
import { until } from './until.ts'

function writeScript(name: string, text: string): string {
  const path = join(inject('runFolder'), name)
  writeFileSync(path, text)
  return path
}

test('a TypeScript script runs with its environment, and a line of it can be awaited', async () => {
  const script = writeScript(
    'says.ts',
    `const who: string = process.env.WHO ?? 'nobody'\nprocess.stdout.write('hello ' + who + '\\n')\nsetInterval(() => {}, 1000)\n`,
  )
  const started = startScript(script, [], { WHO: 'salvor' })
  expect(await started.line(/^hello/)).toBe('hello salvor')
  started.kill('SIGKILL')
  expect(await started.ended()).toBeNull()
  expect(isAlive(started.pid)).toBe(false)
})

test('a wait for a line ends with the output when the process ends first', async () => {
  const script = writeScript('dies.ts', `process.stderr.write('no database\\n')\nprocess.exit(3)\n`)
  const started = startScript(script)
  await expect(started.line(/ready/)).rejects.toThrow(/ended before.*no database/s)
  expect(await started.ended()).toBe(3)
})

test('descendants are listed, and an orphan is still found by its environment', async () => {
  const mark = `mark-${process.pid}`
  const started = startProgram(['/bin/sh', '-c', 'sleep 300 & sleep 301'], { SALVOR_TEST_MARK: mark })
  const family = await until('two sleeps', () => {
    const seen = descendantsOf(started.pid)
    return seen.length === 2 && seen.every(({ argv }) => argv[0] === 'sleep') ? seen : undefined
  })
  started.kill('SIGKILL')
  await started.ended()
  const orphans = processesWithEnv('SALVOR_TEST_MARK', new RegExp(`^${mark}$`))
  expect(orphans.map(({ pid }) => pid).sort()).toEqual(family.map(({ pid }) => pid).sort())
  for (const { pid } of orphans) process.kill(pid, 'SIGKILL')
  await until('no orphan', () => processesWithEnv('SALVOR_TEST_MARK', new RegExp(mark)).length === 0)
})

test('sessions are found by their application name', async () => {
  const client = new pg.Client({ connectionString: adminUrl(), application_name: 'salvor:step-9:1' })
  await client.connect()
  expect(await sessionsOf(adminUrl(), /^salvor:step-9:/)).toMatchObject([{ application: 'salvor:step-9:1' }])
  await client.end()
  await until('no session', async () => (await sessionsOf(adminUrl(), /^salvor:step-9:/)).length === 0)
})
