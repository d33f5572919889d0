import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createSplitter, readTexts } from './split-messages.ts'

function write(type: string, text: string): Buffer {
  const body = Buffer.from(text, 'utf8')
  const head = Buffer.alloc(5)
  head.write(type, 0, 'latin1')
  head.writeInt32BE(body.length + 4, 1)
  return Buffer.concat([head, body])
}

test('however the bytes are cut, the same messages come out', () => {
  const message = fc.tuple(fc.constantFrom('Q', 'P', 'B', 'S', 'd'), fc.string({ maxLength: 40 }))
  fc.assert(
    fc.property(fc.array(message), fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1 }), (messages, sizes) => {
      const stream = Buffer.concat(messages.map(([type, text]) => write(type, text)))
      const split = createSplitter(false)
      const seen: [string, string][] = []
      for (let at = 0, turn = 0; at < stream.length; turn++) {
        const size = sizes[turn % sizes.length] ?? 1
        for (const one of split(stream.subarray(at, at + size))) seen.push([one.type, one.body.toString('utf8')])
        at += size
      }
      expect(seen).toEqual(messages)
    }),
  )
})

test('a request for encryption is told from the startup that follows it', () => {
  const encryption = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47])
  const startup = Buffer.from([0, 0, 0, 9, 0, 3, 0, 0, 0])
  const types = createSplitter(true)(Buffer.concat([encryption, startup, write('Q', 'SELECT 1\0')])).map((m) => m.type)
  expect(types).toEqual(['encryption', 'startup', 'Q'])
})

test('an unfinished text is not read', () => {
  expect(readTexts(Buffer.from('a\0b\0c'), 3)).toEqual(['a', 'b'])
})
