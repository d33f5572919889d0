import { join } from 'node:path'
import { expect, inject, test } from 'vitest'
import { findFreePort } from '../../sandbox/bootstrap/index.ts'
import { startSalvor } from '../../sandbox/salvor-process.ts'

test('a Salvor that ends at once is quoted, since its log goes with the sandbox', async () => {
  const env = { PATH: process.env.PATH, PORT: String(await findFreePort()) }
  const started = startSalvor('serve', env, join(inject('runFolder'), 'salvor-process.log'))
  await expect(started).rejects.toThrow(/^salvor serve ended at once\. It said:\n.*DATABASE_URL/s)
})
