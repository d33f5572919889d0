import { expect, test } from 'vitest'
import type { Log } from '../src/ports/log.ts'
import { shutDown } from '../src/shut-down.ts'

const log = { info() {}, warn() {}, error() {}, debug() {} } as unknown as Log
const never = () => new Promise(() => {})

test('parts are stopped in order, and one that throws does not keep the rest', async () => {
  const seen: string[] = []
  const part = (name: string) => ({ name, stop: () => void seen.push(name) })
  const breaks = {
    name: 'breaks',
    stop: () => {
      throw new Error('gone')
    },
  }
  expect(await shutDown([part('a'), breaks, part('b')], log)).toEqual([])
  expect(seen).toEqual(['a', 'b'])
})

test('a part that never ends is left after its share, and named', async () => {
  const seen: string[] = []
  const parts = [
    { name: 'hangs', stop: never },
    { name: 'store', stop: () => void seen.push('store') },
  ]
  expect(await shutDown(parts, log, 60)).toEqual(['hangs'])
  expect(seen).toEqual(['store'])
})
