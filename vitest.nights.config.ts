import { defineConfig } from 'vitest/config'
import { nights, shared } from './vitest.config.ts'

/** Recoveries from the command to the report in a local Slack, and restores of databases that broke in ways people told of. */
export default defineConfig({ test: { ...shared, include: nights, exclude: ['node_modules/**'] } })
