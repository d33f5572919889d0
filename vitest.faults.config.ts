import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/faults/**/*.test.ts'],
    exclude: ['node_modules/**'],
    globalSetup: ['test/support/global-setup.ts'],
    testTimeout: 180_000,
    hookTimeout: 240_000,
    // As in vitest.config.ts.
    retry: process.env.CI === undefined ? 0 : 1,
    maxWorkers: 2,
    pool: 'forks',
  },
})
