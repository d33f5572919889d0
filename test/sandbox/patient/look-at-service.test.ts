import { expect, it } from 'vitest'
import { judgeService } from '../../../sandbox/patient/look-at-service.ts'

it.each([
  ['that does not run', { running: false }, 'bad', 'stopped'],
  ['that does not answer', { running: true }, 'bad', 'runs, but does not answer'],
  ['that is well', answer(200, { status: 'ok' }), 'good', 'runs and is healthy'],
  ['that warns', answer(200, { warnings: ['a', 'b'] }), 'bad', /make up 2 settings/],
  ['that refuses', answer(503, { error: 'table orders is empty' }), 'bad', 'runs, but: table orders is empty'],
  ['that refuses without a word', answer(500, null), 'bad', 'runs, but: answers 500'],
] as const)('a service %s', (_title, seen, health, note) => {
  const judged = judgeService(seen)
  expect(judged).toMatchObject({ name: 'orders-api', health })
  expect(judged.note).toMatch(note)
})

function answer(status: number, body: unknown) {
  return { running: true, health: { status, body } }
}
