import { Secret, TOTP } from 'otpauth'
import { SalvorError } from '../domain/errors/fail.ts'
import { nameVariable } from './name-variable.ts'

/** A new secret for a person, as text for the administrator who hands it over. It is kept nowhere. */
export function enrolPerson(person: string): string {
  if (!/^([a-z][a-z0-9._-]{0,40}|[UW][A-Z0-9]{2,20})$/.test(person)) {
    throw new SalvorError('command_usage', {
      problem: `"${person}" is no name of the plan's people.`,
      usage: 'salvor totp enrol alice',
    })
  }
  const secret = new Secret({ size: 20 })
  const totp = new TOTP({ issuer: 'Salvor', label: person, secret, digits: 6, period: 30, algorithm: 'SHA1' })
  return `A new secret for ${person}. It is kept nowhere: write it down now, and show it to nobody else.

  for the bot's environment   ${nameVariable(person)}=${secret.base32}
  or, in a file of its own    ${nameVariable(person)}_FILE=/run/secrets/totp-${person}
  for the authenticator       ${totp.toString()}

The bot reads it when it is restarted with it; whatever secret ${person} had before is then worth nothing.
`
}
