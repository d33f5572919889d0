import { readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { countCopied, listScratch, startRestore } from '../support/cluster-restores.ts'
import { type Stanza, startStanza, whyNoStanza } from '../support/stanza.ts'

describe.skipIf(whyNoStanza() !== undefined)('what can go wrong with a backup of a cluster', () => {
  let stanza: Stanza
  let full = ''
  let diff = ''

  beforeAll(async () => {
    stanza = await startStanza()
    full = await stanza.backup('full')
    await stanza.sql('INSERT INTO orders VALUES (501, 1, 1)')
    diff = await stanza.backup('diff')
  })
  afterAll(() => stanza?.stop())

  const files = () =>
    readdirSync(stanza.repository, { recursive: true, encoding: 'utf8' }).map((one) => join(stanza.repository, one))

  test('a restore leaves the live archive as it was: nothing is archived, and no timeline begins', async () => {
    const before = files()
    const job = startRestore(stanza, { backup: full })
    await job.runUpTo('recover')
    expect(countCopied(job, 'public.orders')).toBe(500)
    expect(files()).toEqual(before)
    expect(await job.cleanUp('recover')).toEqual([])
  })

  test('a step that is stopped half-way leaves neither process nor file', async () => {
    const job = startRestore(stanza, { backup: full })
    await job.run('choose')
    const stop = new AbortController()
    const run = job.run('recover', {
      signal: stop.signal,
      onProgress: (phase) => /WAL|starting/.test(phase) && stop.abort(),
    })
    await expect(run).rejects.toThrow()
    expect(listScratch(stanza)).toEqual([])
    expect(job.view.steps.find(({ name }) => name === 'recover')?.records).toMatchObject({ leaves: [] })
  })

  test('a link of the chain that is gone is a damaged backup, and the older one is taken unnamed', async () => {
    const folder = join(stanza.repository, 'backup', 'orders', diff)
    renameSync(folder, `${folder}.away`)
    try {
      const named = startRestore(stanza, { backup: diff })
      await named.run('choose')
      await expect(named.run('recover')).rejects.toMatchObject({ code: 'backup_damaged' })
      const free = startRestore(stanza, { backup: 'latest' })
      await free.runUpTo('recover')
      expect(free.outputOf('recover')).toMatchObject({ copied: { point: { id: full } }, skipped: [{ id: diff }] })
      expect(await free.cleanUp('recover')).toEqual([])
    } finally {
      renameSync(`${folder}.away`, folder)
    }
    expect(listScratch(stanza)).toEqual([])
  })

  test('a file of the repository that was changed is found, and nothing is left', async () => {
    const inside = files().filter((one) => one.includes(`/${full}/pg_data/base/`) && statSync(one).isFile())
    const [largest = ''] = inside.toSorted((one, other) => statSync(other).size - statSync(one).size)
    const bytes = readFileSync(largest)
    bytes.fill(0, bytes.length >> 1, (bytes.length >> 1) + 8)
    writeFileSync(largest, bytes)
    const job = startRestore(stanza, { backup: full })
    await job.run('choose')
    await expect(job.run('recover')).rejects.toMatchObject({ code: 'backup_damaged' })
    expect(listScratch(stanza)).toEqual([])
  })
})
