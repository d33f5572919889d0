import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RestorePoint } from '../../src/domain/content.ts'
import type { BackupCapabilities, PlaceState } from '../../src/ports/backup-providers.ts'

/** One provider with a place of its own, and a database of 50 customers to back up. */
export interface ProviderHarness {
  readonly capabilities: BackupCapabilities
  list(): Promise<RestorePoint[]>
  describe(): Promise<PlaceState>
  /** The same of a place that is not there, or cannot be read. */
  describeBroken(): Promise<PlaceState>
  backup(type: BackupCapabilities['takes'][number]): Promise<RestorePoint>
  prove(point: RestorePoint): Promise<unknown>
  /** Restores beside live and answers how many customers came back; nothing of it is left. */
  restore(point: RestorePoint): Promise<number>
  /** Makes the newest backup unusable. */
  damage(): Promise<void>
  write(sql: string): Promise<unknown>
  close(): Promise<void>
}

/** What every provider of backups promises, whatever its tool is. */
export function testProvider(name: string, open: () => Promise<ProviderHarness>): void {
  describe(`backups of ${name}`, () => {
    let provider: ProviderHarness
    beforeAll(async () => {
      provider = await open()
    })
    afterAll(() => provider?.close())

    test('an empty place has none, and is no problem', async () => {
      expect(await provider.list()).toEqual([])
      expect(await provider.describe()).toMatchObject({ backups: 0, problem: null })
    })

    test('a place that cannot be used says so and throws nothing', async () => {
      const { problem, backups } = await provider.describeBroken()
      expect(backups).toBe(0)
      if (provider.capabilities.holds === 'cluster') expect(problem?.code).toBe('backup_stanza')
    })

    test('what it takes is listed newest first, each with an id of its own', async () => {
      const taken: RestorePoint[] = []
      for (const type of provider.capabilities.takes) taken.push(await provider.backup(type))
      const listed = await provider.list()
      expect(listed.map(({ path }) => path)).toEqual(taken.map(({ path }) => path).toReversed())
      expect(new Set(listed.map(({ id }) => id)).size).toBe(listed.length)
      expect(listed.every(({ problem, source }) => problem === null && source.systemIdentifier !== null)).toBe(true)
      expect(await provider.describe()).toMatchObject({ backups: taken.length, problem: null })
    })

    test('what was taken is proven, and brings back what was there then', async () => {
      const [newest] = await provider.list()
      if (newest === undefined) throw new Error('no backup')
      await provider.write('DELETE FROM customers WHERE id > 10')
      await provider.prove(newest)
      expect(await provider.restore(newest)).toBe(50)
    })

    test('one that is damaged is refused, by its proof or by its restore', async () => {
      const [newest] = await provider.list()
      if (newest === undefined) throw new Error('no backup')
      await provider.damage()
      const whole = provider.prove(newest).then(() => provider.restore(newest))
      await expect(whole).rejects.toMatchObject({ code: expect.stringMatching(/^(archive|backup)_/) })
    })
  })
}
