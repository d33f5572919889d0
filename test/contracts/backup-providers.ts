import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RestorePoint } from '../../src/domain/content.ts'
import type { BackupType } from '../../src/domain/physical-backup.ts'

/** One provider with a place of its own, and a database of 50 customers to back up. */
export interface ProviderHarness {
  readonly takes: readonly BackupType[]
  list(): Promise<RestorePoint[]>
  backup(type: BackupType): Promise<RestorePoint>
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

    test('an empty place has none', async () => {
      expect(await provider.list()).toEqual([])
    })

    test('what it takes is listed newest first, each with an id of its own', async () => {
      const taken: RestorePoint[] = []
      for (const type of provider.takes) taken.push(await provider.backup(type))
      const listed = await provider.list()
      expect(listed.map(({ path }) => path)).toEqual(taken.map(({ path }) => path).toReversed())
      expect(new Set(listed.map(({ id }) => id)).size).toBe(listed.length)
      expect(listed.every(({ problem, source }) => problem === null && source.systemIdentifier !== null)).toBe(true)
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
