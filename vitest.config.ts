import { defineConfig, type ViteUserConfig } from 'vitest/config'

/** In CI files run in an order of chance, printed as a seed: `SEED=… npm test` repeats it. */
const seed = Number(process.env.SEED ?? Date.now() % 1_000_000_000)
const shuffle = process.env.CI !== undefined || process.env.SEED !== undefined

/** Whole nights: `npm run test:nights` plays them, so that the rest answers while somebody still waits for it. */
export const nights = ['test/scenarios/**/*.test.ts', 'test/jobs/restore-cases/**/*.test.ts']

/** What the tests without a browser have in common. */
export const shared: NonNullable<ViteUserConfig['test']> = {
  globalSetup: ['test/support/global-setup.ts'],
  testTimeout: 180_000,
  hookTimeout: 240_000,
  /** On a machine of others a test gets a second try, and is printed as «retry x1»: one that needs it is to be mended. */
  retry: process.env.CI === undefined ? 0 : 1,
  // One more than the two cores of a small machine: tests wait for servers about half of their time.
  maxWorkers: 3,
  sequence: { seed, shuffle: { files: shuffle, tests: false } },
  pool: 'forks',
}

export default defineConfig({
  test: {
    ...shared,
    include: ['test/**/*.test.ts'],
    exclude: [...nights, 'test/backups/**', 'test/faults/**', 'test/page/**', 'node_modules/**'],
  },
})
