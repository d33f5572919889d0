import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createTools } from '../../src/app.ts'
import { SalvorError } from '../../src/domain/errors/fail.ts'
import { silentLog } from '../../src/ports/log.ts'
import { createRedactor } from '../../src/tools/redact.ts'
import { redactErrors } from '../../src/tools/redact-errors.ts'

const secret = 'hunter2-and-more'
const redact = createRedactor([secret])
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'salvor-errors-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

test('what a tool throws or answers as a problem holds no secret, and is the same error', async () => {
  const seen = `connection to ${secret} failed`
  const tools = redactErrors(
    {
      kind: 'one',
      fails: async () => {
        throw new SalvorError('archive_corrupt', { backup: 'd-1', seen }, { excerpt: seen, cause: 'why' })
      },
      lists: async () => [{ id: 'd-1', problem: { code: 'archive_corrupt', facts: { backup: 'd-1', seen } } }],
      describes: async () => ({ problem: { code: 'unexpected', facts: { seen, count: 3 } } }),
      breaks: async () => {
        throw new TypeError('a fault of ours')
      },
    },
    redact,
  )
  const clean = 'connection to *** failed'
  const facts = { backup: 'd-1', seen: clean }
  await expect(tools.fails()).rejects.toMatchObject({ code: 'archive_corrupt', facts, excerpt: clean, cause: 'why' })
  expect(await tools.lists()).toEqual([{ id: 'd-1', problem: { code: 'archive_corrupt', facts } }])
  expect(await tools.describes()).toEqual({ problem: { code: 'unexpected', facts: { seen: clean, count: 3 } } })
  await expect(tools.breaks()).rejects.toThrow(TypeError)
  expect(tools.kind).toBe('one')
})

test('the tools of a worker list a damaged backup without a secret', async () => {
  writeFileSync(join(folder, `${secret}.dump`), 'PGDMP and nothing more')
  const { archives, backups } = createTools(silentLog, redact, redact)
  for (const points of [
    await archives.list(folder),
    await backups.pg_dump.list({ kind: 'pg_dump', folder }, new AbortController().signal),
  ]) {
    expect(points).toHaveLength(1)
    expect(points[0]?.problem).not.toBeNull()
    expect(JSON.stringify(points[0]?.problem)).not.toContain(secret)
  }
})
