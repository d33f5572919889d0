import { TOTP, URI } from 'otpauth'
import { expect, test } from 'vitest'
import { enrolPerson } from '../../src/totp/enrol.ts'

test('an enrolment prints a secret of 160 bits and the address that an authenticator reads, which agree', () => {
  const text = enrolPerson('bob')
  const secret = /SALVOR_TOTP_BOB=([A-Z2-7]{32})\n/.exec(text)?.[1] ?? ''
  const uri = /otpauth:\S+/.exec(text)?.[0] ?? ''
  const totp = URI.parse(uri)
  expect(totp).toBeInstanceOf(TOTP)
  expect(totp.secret.base32).toBe(secret)
  expect(totp).toMatchObject({ issuer: 'Salvor', label: 'bob', digits: 6, period: 30, algorithm: 'SHA1' })
  expect(enrolPerson('bob')).not.toContain(secret)
})

test.each(['', '../bob', 'Bob Smith', 'bob\n'])('«%s» is nobody to enrol', (person) => {
  expect(() => enrolPerson(person)).toThrow(/no name/)
})
