import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, inject, test } from 'vitest'
import { createArchiveTools } from '../../../src/tools/archives/index.ts'
import { readToc } from '../../../src/tools/archives/toc.ts'
import { createToolRunner } from '../../../src/tools/start-tool.ts'
import { openCase, type PlayedCase } from '../../support/restore-cases/play-case.ts'

let played: PlayedCase | undefined
afterEach(async () => {
  await played?.close()
  played = undefined
})

/** Tablespaces inside the data directory came with PostgreSQL 15. */
const hasTablespace = inject('serverMajor') >= 15

test.each(['c41', 'c16c', ...(hasTablespace ? ['c24b', 'c41b'] : [])])(
  '%s: what looks like a role, a grant or a header is none, and live is again what it was',
  async (id) => {
    played = await openCase(id)
    await played.play()
    expect(played.failureOf('restore')).toBeNull()
    expect(await played.dump()).toBe(played.before)
  },
)

test.runIf(hasTablespace)('c41b: names, owners, tablespaces and roles are those of the server', async () => {
  played = await openCase('c41b')
  await played.say('backup')
  const [name = ''] = readdirSync(played.folder).filter((one) => !one.includes('.json') && !one.startsWith('.'))
  const path = join(played.folder, name)
  const toc = await readToc(path)
  const odd = 'case role; Tablespace: x'
  const at = (kind: string) =>
    toc
      .filter((one) => one.kind === kind)
      .map(({ tag, schema, owner, tablespace }) => ({ kind, tag, schema, owner, tablespace }))
  expect(at('TABLE')).toEqual([{ kind: 'TABLE', tag: 'a table', schema: 'my schema', owner: odd, tablespace: 'fast' }])
  expect(at('INDEX')).toEqual([{ kind: 'INDEX', tag: 'an index', schema: 'my schema', owner: odd, tablespace: 'fast' }])
  expect(at('CONSTRAINT')).toMatchObject([{ tag: 'a table a key', schema: 'my schema' }])
  const tools = createArchiveTools({ run: createToolRunner() })
  const [point] = await tools.list(played.folder)
  if (point === undefined) throw new Error('no backup is listed')
  const { needs } = await tools.prove({ point, signal: new AbortController().signal })
  expect(needs.roles).toEqual(['app', 'auditor', odd, 'postgres', 'reader'])
  expect(needs.tablespaces).toEqual(['fast'])
})
