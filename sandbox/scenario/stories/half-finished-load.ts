import { leaveSessionOpen } from '../sessions/forgotten-session.ts'
import { runMigration, type Story } from './story.ts'

export const halfFinishedLoad: Story = {
  id: 'half-finished-load',
  title: 'Half-finished load',
  story:
    'The tables were emptied to be loaded again, and the load stopped at a lock that somebody had forgotten: some ' +
    'tables are empty, some rows are there twice, and the keys are gone.',
  run: async (orders) => {
    const forgotten = await leaveSessionOpen(orders.database.appUrl)
    try {
      await runMigration(orders, 'half-finished-load', 1)
    } finally {
      await forgotten()
    }
  },
}
