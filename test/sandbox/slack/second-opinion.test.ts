import { Socket } from 'node:net'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { methods } from '../../../sandbox/slack/methods/index.ts'
import { compareOutcomes, compareShapes, noteShape, type Shape, take } from './second-opinion/compare.ts'
import { knownDifferences } from './second-opinion/known-differences.ts'
import { steps } from './second-opinion/steps/index.ts'
import { startOtherWorld, startOwnWorld, type World } from './second-opinion/worlds.ts'

let own: World
let other: World
beforeAll(async () => {
  own = await startOwnWorld()
  other = await startOtherWorld()
})
afterAll(async () => {
  await own.close()
  await other.close()
})

test('an independent emulator answers as the local Slack does, but for what is known', async () => {
  const shapes: { here: Shape; there: Shape } = { here: new Map(), there: new Map() }
  const connect = vi.spyOn(Socket.prototype, 'connect')
  const found: string[] = []
  for (const step of steps) {
    const [here, there] = [await take(step, own), await take(step, other)]
    noteShape(shapes.here, step.method, here.answer)
    noteShape(shapes.there, step.method, there.answer)
    found.push(...compareOutcomes(step, here, there))
  }
  found.push(...compareShapes(shapes.here, shapes.there))
  // Neither world asks anybody outside this machine.
  expect(new Set(connect.mock.calls.flat(2).flatMap(readHost))).toEqual(new Set(['127.0.0.1']))
  expect(found.toSorted()).toEqual(knownDifferences.flatMap(({ lines }) => lines).toSorted())
})

test('nothing that the bot calls in a night is left out of the comparison', () => {
  const compared = new Set(steps.map(({ method }) => method))
  // The emulator has neither Socket Mode nor user groups, and nobody in it who could press something in a modal.
  const without = ['api.test', 'apps.connections.open', 'usergroups.list', 'usergroups.users.list', 'views.push']
  expect(Object.keys(methods).filter((method) => !compared.has(method))).toEqual(without)
})

function readHost(argument: unknown): string[] {
  const { host } = (argument ?? {}) as { host?: unknown }
  return typeof host === 'string' ? [host] : []
}
