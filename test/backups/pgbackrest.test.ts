import { renameSync } from 'node:fs'
import { join } from 'node:path'
import { describe } from 'vitest'
import type { RestorePoint } from '../../src/domain/content.ts'
import { testProvider } from '../contracts/backup-providers.ts'
import { startStanza, whyNoStanza } from '../support/stanza.ts'
import { realTools } from '../support/step-context.ts'

describe.skipIf(whyNoStanza() !== undefined)('the contract of providers', () => {
  testProvider('pgBackRest', async () => {
    const stanza = await startStanza()
    const { place } = stanza
    const { backups, archives } = realTools()
    const { pgbackrest } = backups
    const { signal } = new AbortController()
    const session = { step: 'restore-1/recover', fence: 1 }
    const target = { system: 'shop', url: stanza.url, adminUrl: stanza.url, session }
    const moment = null
    const newest = async (): Promise<RestorePoint | undefined> => (await pgbackrest.list(place, signal))[0]
    return {
      takes: ['full', 'diff', 'incr'],
      list: () => pgbackrest.list(place, signal),
      backup: (type) => pgbackrest.backup({ place, type, signal }),
      prove: (point) => pgbackrest.prove({ place, point, moment, signal }),
      async restore(point) {
        const { archive } = await pgbackrest.restoreInto({ place, point, moment, target, jobs: 1, signal })
        const manifest = await archives.readManifest(archive)
        await pgbackrest.tidyUp(place, session)
        return manifest?.tables.find(({ name }) => name === 'public.customers')?.rows ?? 0
      },
      async damage() {
        const folder = join(stanza.repository, 'backup', 'orders', (await newest())?.id ?? '')
        renameSync(folder, `${folder}.away`)
      },
      write: (sql) => stanza.sql(`ALTER TABLE orders DROP CONSTRAINT IF EXISTS orders_customer_fkey; ${sql}`),
      close: () => stanza.stop(),
    }
  })
})
