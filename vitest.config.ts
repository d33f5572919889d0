import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/faults/**', 'node_modules/**'],
    globalSetup: ['test/support/global-setup.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // CI machines stall for seconds now and then; a test that fails twice is no accident. Never at a desk.
    retry: process.env.CI === 'true' ? 1 : 0,
    maxWorkers: 2,
    pool: 'forks',
  },
})
