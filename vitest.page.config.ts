import { defineConfig } from 'vitest/config'

/** The sandbox's page in a real browser. One at a time: a browser and the whole sandbox fill two cores. */
export default defineConfig({
  test: {
    include: ['test/page/**/*.test.ts'],
    exclude: ['node_modules/**'],
    testTimeout: 600_000,
    hookTimeout: 120_000,
    // As in vitest.config.ts.
    retry: process.env.CI === undefined ? 0 : 1,
    fileParallelism: false,
    pool: 'forks',
  },
})
