import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Secret, TOTP } from 'otpauth'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { silentLog } from '../../src/ports/log.ts'
import { createCodeLedger } from '../../src/postgres/codes.ts'
import { openPool } from '../../src/postgres/pool.ts'
import { listTotpVariables, nameVariable } from '../../src/totp/name-variable.ts'
import { createSecondFactor } from '../../src/totp/second-factor.ts'
import { createStoreDatabase, type TestDatabase } from '../support/postgres.ts'

const secret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'
const noon = Date.parse('2026-03-01T12:00:10.000Z')
const codeAt = (ms: number) => new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: ms })

let database: TestDatabase
let pool: ReturnType<typeof openPool>

beforeAll(async () => {
  database = await createStoreDatabase()
  pool = openPool(database.url, 'test', silentLog, 12)
})

afterAll(async () => {
  await pool?.end()
  await database?.drop()
})

/** A factor of its own person each time, so that nobody's wrong codes count for another. */
let count = 0
let person = ''
beforeEach(() => {
  count += 1
  person = `p${count}`
})

function factor(env: NodeJS.ProcessEnv = { [nameVariable(person)]: secret }, at = noon, people = [person]) {
  const ledger = createCodeLedger(pool)
  return createSecondFactor({ env, ledger, clock: { now: () => new Date(at) }, people: async () => people })
}

const wrong = () => factor().use(person, '000000')

describe('a one-time code', () => {
  test('counts in its time step and in the one before and after, not beyond', async () => {
    await factor(undefined, noon).use(person, codeAt(noon - 30_000))
    await factor(undefined, noon).use(person, codeAt(noon))
    await factor(undefined, noon).use(person, codeAt(noon + 30_000))
    for (const off of [-60_000, 60_000]) {
      await expect(factor(undefined, noon).use(person, codeAt(noon + off))).rejects.toMatchObject({
        code: 'totp_wrong',
      })
    }
  })

  test('counts once, whichever process it is given to, even at the same moment', async () => {
    const attempts = await Promise.allSettled(Array.from({ length: 8 }, () => factor().use(person, codeAt(noon))))
    expect(attempts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const codes = attempts.flatMap((one) => (one.status === 'rejected' ? [one.reason.code] : []))
    expect(new Set(codes)).toEqual(new Set(['totp_used']))
  })

  test('of another person does not count', async () => {
    const env = { SALVOR_TOTP_ANNA: secret, [nameVariable(person)]: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ' }
    await expect(factor(env).use(person, codeAt(noon))).rejects.toMatchObject({ code: 'totp_wrong' })
  })

  test.each(['', '12345', '1234567', 'abcdef', '１２３４５６', '12 456'])('is six digits, not «%s»', async (typed) => {
    await expect(factor().use(person, typed)).rejects.toMatchObject({ code: 'totp_wrong' })
  })

  test('is refused, right or wrong, once five were wrong, and says until when', async () => {
    for (const left of [4, 3, 2, 1, 0]) await expect(wrong()).rejects.toMatchObject({ facts: { left } })
    const locked = factor().use(person, codeAt(noon))
    await expect(locked).rejects.toMatchObject({ code: 'totp_locked', facts: { until: expect.stringMatching(/Z$/) } })
    // What was tried while locked out does not make it longer.
    const rows = await pool.query('SELECT FROM salvor.wrong_codes WHERE person = $1', [person])
    expect(rows.rowCount).toBe(5)
  })

  test('is tried one after another, so that many at once find no more room than five', async () => {
    const attempts = await Promise.allSettled(Array.from({ length: 10 }, wrong))
    const codes = attempts.map((one) => (one.status === 'rejected' ? one.reason.code : 'fulfilled'))
    expect(codes.filter((code) => code === 'totp_wrong')).toHaveLength(5)
    expect(codes.filter((code) => code === 'totp_locked')).toHaveLength(5)
  })

  test('counts again ten minutes after the fifth wrong one, and five older ones lock out nobody', async () => {
    const age = (minutes: number) =>
      pool.query('UPDATE salvor.wrong_codes SET at = at - make_interval(mins => $2) WHERE person = $1', [
        person,
        minutes,
      ])
    for (let at = 0; at < 5; at += 1) await expect(wrong()).rejects.toMatchObject({ code: 'totp_wrong' })
    await age(9)
    await expect(wrong()).rejects.toMatchObject({ code: 'totp_locked' })
    await age(1)
    await factor().use(person, codeAt(noon))
    await expect(wrong()).rejects.toMatchObject({ code: 'totp_wrong', facts: { left: 4 } })
  })
})

describe('a secret', () => {
  test('may lie in a file, which is read anew for each code', async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'salvor-totp-')), 'secret')
    const env = { [`${nameVariable(person)}_FILE`]: path }
    await expect(factor(env).use(person, codeAt(noon))).rejects.toMatchObject({ code: 'totp_unknown' })
    writeFileSync(path, `${secret.toLowerCase().replace(/(.{4})/g, '$1 ')}\n`)
    await factor(env).use(person, codeAt(noon))
  })

  test.each([
    ['is missing', {}, 'neither SALVOR_TOTP_KIM nor SALVOR_TOTP_KIM_FILE is set'],
    ['is no base32', { SALVOR_TOTP_KIM: 'not base 32!' }, 'holds no base32'],
    ['is too short to be one', { SALVOR_TOTP_KIM: 'JBSWY3DP' }, 'too short'],
  ])('that %s is named, without a word of it', async (_what, env, problem) => {
    const used = factor(env).use('kim', '123456')
    await expect(used).rejects.toMatchObject({ code: 'totp_unknown', message: expect.stringContaining(problem) })
    await expect(used).rejects.not.toThrow(/JBSWY3DP|base 32!/)
  })

  test.each(['a-b', 'a.b.file'])('belongs to one person: the names a.b and %s lead to one variable', async (other) => {
    const used = factor({ SALVOR_TOTP_A_B: secret }, noon, ['a.b', other]).use('a.b', codeAt(noon))
    await expect(used).rejects.toMatchObject({ code: 'totp_unknown', message: expect.stringContaining(other) })
  })

  test('is among the values that nobody may see', () => {
    const env = { SALVOR_TOTP_KIM: secret, SALVOR_TOTP_LEE_FILE: '/run/lee', PATH: '/bin' }
    expect(listTotpVariables(env)).toEqual(['SALVOR_TOTP_KIM', 'SALVOR_TOTP_LEE_FILE'])
  })
})
