import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/backups/**/*.test.ts'],
    exclude: ['node_modules/**'],
    globalSetup: ['test/support/global-setup.ts'],
    testTimeout: 180_000,
    hookTimeout: 240_000,
    maxWorkers: 1,
    pool: 'forks',
  },
})
