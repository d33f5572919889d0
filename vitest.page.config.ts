import { defineConfig } from 'vitest/config'

/** The sandbox's page in a real browser. One at a time: a browser and the whole sandbox fill two cores. */
export default defineConfig({
  test: {
    include: ['test/page/**/*.test.ts'],
    exclude: ['node_modules/**'],
    testTimeout: 600_000,
    hookTimeout: 120_000,
    // Thousands of tests share two cores in CI: one that met a stall is tried once more, and named with its retry.
    retry: process.env.CI ? 1 : 0,
    fileParallelism: false,
    pool: 'forks',
  },
})
