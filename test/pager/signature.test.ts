import { createHmac } from 'node:crypto'
import { expect, it } from 'vitest'
import { isSigned, sign } from '../../src/pager/signature.ts'

const [key, id, body] = ['a key of at least 24 letters', 'b0ee6f33-2d0f-4a21-b8d1-6ab40b2f3d52', '{"by":"Bob"}']
const now = new Date('2026-11-30T12:00:00Z')
const headers = { ...sign(key, id, body, now) }
const minutes = (count: number) => new Date(now.getTime() + count * 60_000)

it('signs id, time and body as Standard Webhooks does', () => {
  // The example of the standard's own text.
  const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
  const signed = sign(secret, 'msg_p5jXN8AQM9LWM0D4loKWxJek', '{"test": 2432232314}', new Date(1_614_265_330_000))
  expect(signed['webhook-signature']).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=')
})

it.each([
  ['as it was sent', headers, body, now, true],
  ['a while later', headers, body, minutes(4), true],
  ['too late: recorded and sent again', headers, body, minutes(6), false],
  ['from the future', headers, body, minutes(-6), false],
  ['with another body', headers, '{"by":"Eve"}', now, false],
  ['with another id', { ...headers, 'webhook-id': 'other' }, body, now, false],
  ['with another time', { ...headers, 'webhook-timestamp': '1764504060' }, body, now, false],
  ['with no time', { ...headers, 'webhook-timestamp': 'now' }, body, now, false],
  ['without a signature', { ...headers, 'webhook-signature': '' }, body, now, false],
  ['by another key', sign('another key altogether, as long', id, body, now), body, now, false],
  ['by an old key beside the new', rotated(), body, now, true],
  ['with a header twice', { ...headers, 'webhook-id': [id, id] }, body, now, false],
  ['with a signature of another kind', { ...headers, 'webhook-signature': hex() }, body, now, false],
])('%s', (_, given, text, at, taken) => {
  expect(isSigned(key, { ...given }, text, at)).toBe(taken)
})

it.each(['', 'short', 'whsec_', 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS', `whsec_${'!'.repeat(40)}`])(
  'takes nothing that is signed with a key that can be guessed: «%s»',
  (weak) => {
    expect(isSigned(weak, { ...sign(weak, id, body, now) }, body, now)).toBe(false)
  },
)

function rotated() {
  const old = sign('the key of last year, as long as ours', id, body, now)['webhook-signature']
  return { ...headers, 'webhook-signature': `${old} ${headers['webhook-signature']}` }
}

function hex(): string {
  return `v1,${createHmac('sha256', key).update(body).digest('hex')}`
}
