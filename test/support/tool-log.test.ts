import { mkdtempSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, inject, test } from 'vitest'
import { startProgram } from './processes.ts'
import { recordTools } from './tool-log.ts'

test('an invocation is written down with its exact arguments, and the real tool does the work', async () => {
  const tools = recordTools()
  const argv = ['--version', 'with space', '"quoted" \\ \n line', 'é'] as const
  const run = startProgram(['/usr/bin/env', 'pg_restore', ...argv], tools.env)
  expect(await run.ended()).toBe(0)
  expect(run.output()).toMatch(/^pg_restore \(PostgreSQL\) \d+/)
  expect(tools.invocations('pg_restore').map((one) => one.argv)).toEqual([[...argv]])
  expect(tools.invocations('pg_restore')[0]?.pid).toBe(run.pid)
  expect(tools.invocations('pg_dump')).toEqual([])
})

test('a call without arguments and the exit code of the tool are kept', async () => {
  const tools = recordTools()
  expect(await startProgram(['/usr/bin/env', 'pg_restore'], tools.env).ended()).toBe(1)
  expect(tools.invocations()).toMatchObject([{ tool: 'pg_restore', argv: [] }])
})

test('the wrapper becomes the tool: same process, same words, so a kill reaches it', async () => {
  const folder = mkdtempSync(join(inject('runFolder'), 'tool-'))
  writeFileSync(join(folder, 'pg_dump'), '#!/bin/sh\necho "$$"\nfor word in "$@"; do echo "<$word>"; done\n', {
    mode: 0o755,
  })
  const tools = recordTools({ realPath: [folder] })
  const run = startProgram(['/bin/sh', '-c', 'pg_dump "$@" & wait', 'sh', 'a b', '*'], tools.env)
  expect(await run.ended()).toBe(0)
  const [pid, ...words] = run.output().trim().split('\n')
  expect(words).toEqual(['<a b>', '<*>'])
  expect(tools.invocations('pg_dump')).toMatchObject([{ pid: Number(pid), argv: ['a b', '*'] }])
})
