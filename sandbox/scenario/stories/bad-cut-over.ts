import { hurryDeadlocks } from '../sessions/hurry-deadlocks.ts'
import { startNightlyStatements } from '../sessions/nightly-statements.ts'
import { runMigration, type Story } from './story.ts'

export const badCutOver: Story = {
  id: 'bad-cut-over',
  title: 'Bad cut-over',
  story:
    'Phone numbers, dates and a mapping did not fit, a nightly job got in the way, and half-way the script gave up: ' +
    'orders are lost, values wrong, the service is down and its settings are overwritten.',
  run: async ({ database, ...rest }, options = {}) => {
    const nightly = await startNightlyStatements(database.appUrl)
    const env = options.blockingConfig === true ? { CONFIG_SCHEMA: '2' } : {}
    try {
      await hurryDeadlocks(database.superUrl, database.name, () =>
        runMigration({ database, ...rest }, 'bad-cut-over', 1, env),
      )
    } finally {
      await nightly()
    }
  },
}
