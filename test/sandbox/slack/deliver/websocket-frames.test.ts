import fc from 'fast-check'
import { expect, test } from 'vitest'
import { encodeFrame, Opcode, readFrame } from '../../../../sandbox/slack/deliver/websocket-frames.ts'

function mask(frame: Buffer, key: Buffer): Buffer {
  const payload = readFrame(frame)?.payload ?? Buffer.alloc(0)
  const header = Buffer.from(frame.subarray(0, frame.length - payload.length))
  header[1] = (header[1] ?? 0) | 0x80
  return Buffer.concat([header, key, payload.map((byte, index) => byte ^ (key[index % 4] ?? 0))])
}

test('what is framed can be read again, masked or not, whatever its length', () => {
  const lengths = fc.oneof(fc.nat(300), fc.constantFrom(125, 126, 65_535, 65_536, 70_000))
  const keys = fc.uint8Array({ minLength: 4, maxLength: 4 })
  fc.assert(
    fc.property(lengths, keys, (length, key) => {
      const payload = Buffer.alloc(length, 0x5a)
      const frame = encodeFrame(Opcode.text, payload)
      for (const wire of [frame, mask(frame, Buffer.from(key))]) {
        expect(readFrame(wire)).toMatchObject({ opcode: Opcode.text, final: true, size: wire.length })
        expect(readFrame(wire)?.payload.equals(payload)).toBe(true)
      }
    }),
    { numRuns: 40 },
  )
})

test('an incomplete frame is waited for', () => {
  const frame = encodeFrame(Opcode.text, Buffer.alloc(200))
  for (const end of [0, 1, 3, 100, frame.length - 1]) expect(readFrame(frame.subarray(0, end))).toBeUndefined()
})
