import { chmodSync, chownSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { isReady } from '../../../src/domain/readiness.ts'
import { checkReadiness } from '../../../src/engine/readiness/check-readiness.ts'
import { games } from '../../support/terminal.ts'
import { openReadyWorld, type ReadyWorld } from './ready-world.ts'

let world: ReadyWorld
beforeAll(async () => {
  world = await openReadyWorld()
})
afterAll(() => world.close())

const isRoot = process.getuid?.() === 0

async function writersOf(text?: (plan: string) => string) {
  const findings = await checkReadiness(world.reach(text ? { text } : {}))
  expect(isReady(findings)).toBe(true)
  return findings.flatMap((one) => (one.subject.endsWith(' writers') ? [`${one.area} ${one.state} ${one.seen}`] : []))
}

it('a plan that nobody else may write to has no finding', async () => {
  expect(await writersOf()).toEqual([])
})

it.each([
  ['backups', 'backups', 0o777],
  ['backups', 'backups, though sticky', 0o1777],
  ['.', 'the plan', 0o757],
])('the folder %s that everybody may write to is named (%s)', async (name, _what, mode) => {
  const path = join(world.folder, name)
  chmodSync(path, mode)
  const seen = await writersOf()
  chmodSync(path, 0o755)
  expect(seen.join('\n')).toContain(`warning ${path} `)
})

it('a script that others may write to is named, and a folder above it, though the program itself is closed', async () => {
  const folder = join(world.folder, 'open')
  mkdirSync(folder)
  const script = join(folder, 'restart.sh')
  writeFileSync(script, '#!/bin/sh\n', { mode: 0o755 })
  const restart = (plan: string) => plan.replace('restart: [/bin/true]', `restart: [/bin/sh, ${script}]`)
  expect(await writersOf(restart)).toEqual([])
  chmodSync(script, 0o757)
  expect((await writersOf(restart)).join('\n')).toContain(`programs warning ${script} `)
  chmodSync(script, 0o755)
  chmodSync(folder, 0o777)
  expect((await writersOf(restart)).join('\n')).toContain(`programs warning ${folder} `)
})

it('a host whose pinned key others may write is named: whoever writes it is that host', async () => {
  const keys = join(world.folder, 'known_hosts')
  writeFileSync(keys, '', { mode: 0o644 })
  const host = (plan: string) => `${plan}\nhosts: { app1: { ssh: deploy@app1.invalid, knownHosts: known_hosts } }\n`
  const named = async () =>
    (await checkReadiness(world.reach({ text: host }))).map(({ subject, seen }) => `${subject}: ${seen}`)
  expect((await named()).filter((one) => one.startsWith('app1 writers'))).toEqual([])
  chmodSync(keys, 0o646)
  expect((await named()).join('\n')).toContain(`app1 writers: ${keys} may be written to by everybody`)
})

it.each([
  ['a program that a health check starts', 'healthy.sh', (path: string) => `health: { argv: [${path}] }`],
  ['the folder of versions of a config file', 'versions', () => undefined],
])('%s is named where others may write to it', async (_what, name, health) => {
  const path = join(world.folder, name)
  if (name.endsWith('.sh')) writeFileSync(path, '#!/bin/sh\n')
  chmodSync(path, 0o757)
  const text = (plan: string) => plan.replace(/health: .*/, (written) => health(path) ?? written)
  const seen = await checkReadiness(world.reach({ text }))
  chmodSync(path, 0o755)
  expect(seen).toContainEqual(
    expect.objectContaining({ subject: 'api writers', seen: `${path} may be written to by everybody` }),
  )
})

// Only root may give a file to somebody else, or to a group that it is not in.
it.skipIf(!isRoot)('another account’s folder, and one of a group, are named', async () => {
  const path = join(world.folder, 'backups')
  chownSync(path, games.uid, 0)
  expect((await writersOf()).join('\n')).toContain(`backups warning ${path} `)
  chownSync(path, 0, games.uid)
  chmodSync(path, 0o775)
  expect((await writersOf()).join('\n')).toContain(`backups warning ${path} `)
  chmodSync(path, 0o755)
  expect(await writersOf()).toEqual([])
})
