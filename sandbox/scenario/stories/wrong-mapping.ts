import { runMigration, type Story } from './story.ts'

export const wrongMapping: Story = {
  id: 'wrong-mapping',
  title: 'Wrong mapping',
  story:
    'The migration says that it finished and the service is up, but half of the orders have shifted codes, amounts a ' +
    'hundred times too high and broken letters; rows that did not fit were put aside, and their orders removed.',
  run: (orders) => runMigration(orders, 'wrong-mapping', 0),
}
