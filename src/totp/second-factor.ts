import { readFileSync } from 'node:fs'
import { Secret, TOTP } from 'otpauth'
import { SalvorError } from '../domain/errors/fail.ts'
import type { Clock } from '../ports/clock.ts'
import type { CodeLedger, SecondFactor } from '../ports/second-factor.ts'
import { nameVariable } from './name-variable.ts'

/** Seconds that a code is valid by RFC 6238, as every authenticator assumes. */
const PERIOD_S = 30
/** Steps before and after this one that count as well: clocks disagree, and people type slowly. */
const WINDOW = 1
/** Fewer bits than that can be searched through (RFC 4226 wants 128; authenticators hand out 80 as well). */
const FEWEST_BYTES = 10

/**
 * One-time codes whose secrets are in the environment or in files that it names. They are read when they are used,
 * so a file can be replaced without a restart.
 */
export function createSecondFactor(of: {
  readonly env: NodeJS.ProcessEnv
  readonly ledger: CodeLedger
  readonly clock: Clock
  /** Everybody whom the plan in force names: no two of them may share a variable. */
  readonly people: () => Promise<readonly string[]>
}): SecondFactor {
  return {
    async use(person, code) {
      const secret = readSecret(of.env, person, await of.people())
      const timestamp = of.clock.now().getTime()
      const totp = new TOTP({ secret, period: PERIOD_S, digits: 6, algorithm: 'SHA1' })
      const verdict = await of.ledger.attempt(person, () => {
        const delta = /^\d{6}$/.test(code) ? totp.validate({ token: code, timestamp, window: WINDOW }) : null
        return delta === null ? null : Math.floor(timestamp / 1000 / PERIOD_S) + delta
      })
      if (verdict.kind === 'wrong') throw new SalvorError('totp_wrong', { left: verdict.left })
      if (verdict.kind === 'used') throw new SalvorError('totp_used')
      if (verdict.kind === 'locked') throw new SalvorError('totp_locked', { until: verdict.until })
    },
  }
}

function readSecret(env: NodeJS.ProcessEnv, person: string, people: readonly string[]): Secret {
  const name = nameVariable(person)
  const fail = (problem: string) => new SalvorError('totp_unknown', { person, problem })
  const taken = (one: string) => nameVariable(one) === name || nameVariable(one) === `${name}_FILE`
  const other = people.find((one) => one !== person && taken(one))
  if (other !== undefined) throw fail(`${name} could be the secret of ${other} as well`)
  const text = readText(env, name, fail)
  const base32 = text.replace(/[\s=-]/g, '').toUpperCase()
  if (!/^[A-Z2-7]+$/.test(base32)) throw fail(`${name} holds no base32`)
  const secret = Secret.fromBase32(base32)
  if (secret.bytes.length < FEWEST_BYTES) throw fail(`the secret in ${name} is too short`)
  return secret
}

function readText(env: NodeJS.ProcessEnv, name: string, fail: (problem: string) => SalvorError): string {
  const path = env[`${name}_FILE`]
  if (!path) {
    const text = env[name]
    if (!text) throw fail(`neither ${name} nor ${name}_FILE is set`)
    return text
  }
  try {
    return readFileSync(path, 'utf8').trim()
  } catch (cause) {
    throw fail(
      `the file that ${name}_FILE names cannot be read (${(cause as NodeJS.ErrnoException).code ?? 'unknown'})`,
    )
  }
}
