import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/faults/**/*.test.ts'],
    exclude: ['node_modules/**'],
    globalSetup: ['test/support/global-setup.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Thousands of tests share two cores in CI: one that met a stall is tried once more, and named with its retry.
    retry: process.env.CI ? 1 : 0,
    maxWorkers: 2,
    pool: 'forks',
  },
})
