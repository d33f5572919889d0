import { defineConfig } from 'vitest/config'
import { shared } from './vitest.config.ts'

/** What kills processes and servers: each file fills two cores. */
export default defineConfig({
  test: { ...shared, include: ['test/faults/**/*.test.ts'], exclude: ['node_modules/**'], maxWorkers: 2, sequence: {} },
})
