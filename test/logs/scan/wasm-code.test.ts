import { expect, test } from 'vitest'
import * as wasm from '../../../src/logs/scan/wasm-code.ts'

declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => object
  readonly Instance: new (module: object) => { readonly exports: unknown }
}

/** Runs a body of two parameters and one local number. */
function run(body: wasm.Code, one = 0, other = 0): number {
  const module = new WebAssembly.Module(wasm.writeModule({ pages: 1, parameters: 2, locals: [wasm.i32], body }))
  return (new WebAssembly.Instance(module).exports as { run(one: number, other: number): number }).run(one, other)
}

test.each([0, 1, -1, 63, 64, -64, -65, 127, 128, 8_191, 8_192, 0x7fffffff, -0x80000000, 0x9e3779b1 | 0])(
  'the number %i is written as what it is',
  (value) => {
    expect(run(wasm.number(value))).toBe(value)
  },
)

test('parameters are counted with, in their order', () => {
  expect(run(wasm.subtract(wasm.get(0), wasm.get(1)), 7, 5)).toBe(2)
})

test('a body is repeated while its condition holds', () => {
  const { get, set, number } = wasm
  const count = wasm.repeatWhile(
    wasm.isBelow(get(2), get(0)),
    set(2, wasm.add(get(2), number(1))),
    wasm.doIf(wasm.isSame(get(2), number(3)), set(2, number(100))),
  )
  expect(run([...count, ...get(2)], 2)).toBe(2)
  expect(run([...count, ...get(2)], 50)).toBe(100)
})

test('memory is read as it was written, behind offsets of more than one byte as well', () => {
  const { get, number } = wasm
  const written = wasm.store(number(8), get(0), 1_000)
  expect(run([...written, ...wasm.load(number(1_008))], 0x12345678)).toBe(0x12345678)
  expect(run([...written, ...wasm.loadByte(number(1_009))], 0x12345678)).toBe(0x56)
})
