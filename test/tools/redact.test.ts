import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createRedactor } from '../../src/tools/redact.ts'
import { listPlants } from '../support/planted-secrets.ts'

const redact = createRedactor(['hunter2-and-more', 'postgres://app:s3cr3t%2Fpw@db:5432/orders'])
/** A value without line breaks, as a column holds it. */
const cell = fc.string({ minLength: 6, maxLength: 40, unit: 'grapheme-ascii' }).filter((text) => text.trim().length > 5)
/** Long enough to be unlikely as part of a message. */
const word = fc.stringMatching(/^[A-Za-z0-9]{12,40}$/)

describe('a known secret', () => {
  test('goes in every form that it may take', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 6, maxLength: 60, unit: 'binary' }),
        fc.string(),
        fc.string(),
        (secret, a, b) => {
          fc.pre(!a.includes(secret) && !b.includes(secret) && !'***'.includes(secret))
          const hide = createRedactor([secret])
          const forms = [secret, encodeURIComponent(secret.toWellFormed()), JSON.stringify(secret).slice(1, -1)]
          for (const form of forms) expect(hide(`${a} ${form} ${b}`)).not.toContain(form)
        },
      ),
    )
  })

  test('goes inside base64, wherever it begins', () => {
    fc.assert(
      fc.property(word, fc.string({ maxLength: 5 }), (secret, user) => {
        const hide = createRedactor([secret])
        const header = Buffer.from(`${user}:${secret}`).toString('base64')
        const left = hide(`sent ${header} to it`).slice(5, -6)
        expect(Buffer.from(left.replaceAll('*', ''), 'base64').toString()).not.toContain(secret)
      }),
    )
  })

  test('goes when it is the password of a known address', () => {
    expect(redact('tried s3cr3t/pw and s3cr3t%2Fpw')).toBe('tried *** and ***')
  })

  test('that is too short to be told from words stays', () => {
    expect(createRedactor(['db'])('the db is up')).toBe('the db is up')
  })
})

describe('a credential of unknown value', () => {
  test.each([
    ['postgres://app:pw@db:5432/orders', 'postgres://app:***@db:5432/orders'],
    ['redis://:p@ss/w@cache', 'redis://:***@cache'],
    ['see http://127.0.0.1:8080/healthz', 'see http://127.0.0.1:8080/healthz'],
    ["host=db password='it''s me' user=x", 'host=db password=*** user=x'],
    ['{"password": "a\\"b", "user": "x"}', '{"password": ***, "user": "x"}'],
    ["ALTER ROLE app PASSWORD 'open sesame'", 'ALTER ROLE app PASSWORD ***'],
    ["EXECUTE 'ALTER ROLE app PASSWORD ''open sesame'''; x", "EXECUTE 'ALTER ROLE app PASSWORD ***; x"],
    ['ALTER ROLE app PASSWORD $q$open sesame$q$', 'ALTER ROLE app PASSWORD ***'],
    ["password='' user='x'", "password=*** user='x'"],
    ['--password hush --verbose', '--password *** --verbose'],
    ['Authorization: Bearer abcdef.ghi', 'Authorization: Bearer ***'],
    ['token xoxb-1-2-abc rejected', 'token *** rejected'],
    ['key AKIAIOSFODNN7EXAMPLE used', 'key *** used'],
    ['jwt eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln here', 'jwt *** here'],
    ['password authentication failed for user "app"', 'password authentication failed for user "app"'],
  ])('%s', (text, expected) => {
    expect(redact(text)).toBe(expected)
  })

  test('in a PEM block goes, also when its end was cut off', () => {
    const key = '-----BEGIN PRIVATE KEY-----\nMIIEvQ\nabc\n-----END PRIVATE KEY-----'
    expect(redact(`a\n${key}\nb`)).toBe('a\n-----BEGIN PRIVATE KEY-----\n***\n***\n-----END PRIVATE KEY-----\nb')
    expect(redact(key.slice(0, 36))).not.toContain('MIIEvQ')
  })

  test('never survives by shape', () => {
    const plants: ((secret: string) => string)[] = [
      (secret) => `postgres://app:${secret}@db/orders`,
      (secret) => `amqp://${secret.slice(0, 2)}:${secret}/@:${secret}@mq`,
      (secret) => `password=${secret}`,
      (secret) => `PGPASSWORD='${secret} ${secret}'`,
      (secret) => `{"api_key":"${secret}"}`,
      (secret) => `xapp-1-${secret}`,
      (secret) => `ghp_${secret}`,
      (secret) => `https://hooks.slack.com/services/T1/B1/${secret}`,
      (secret) => `-----BEGIN OPENSSH PRIVATE KEY-----\n${secret}`,
    ]
    fc.assert(
      fc.property(word, fc.string(), fc.nat(plants.length - 1), (secret, around, which) => {
        fc.pre(!around.includes(secret))
        expect(redact(`${around} ${plants[which]?.(secret)} ${around}`)).not.toContain(secret)
      }),
    )
  })
})

describe('data of a row', () => {
  const tag = '‹[^‹›]+ [0-9a-f]{4}›'

  test.each([
    [
      'DETAIL:  Key (email)=(u1@ex.org) is duplicated.',
      `DETAIL:  Key \\(email\\)=\\(‹email [0-9a-f]{4}›\\) is duplicated.`,
    ],
    ['Failing row contains (1, (a), null).', `Failing row contains \\(${tag}\\).`],
    [
      'CONTEXT:  COPY orders, line 4, column phone: "+82 "10""',
      `COPY orders, line 4, column phone: "‹phone [0-9a-f]{4}›"`,
    ],
    ['COPY orders, line 4: "1\tbob"', `COPY orders, line 4: "‹row [0-9a-f]{4}›"`],
    ['invalid input syntax for type integer: "abc"', `type integer: "${tag}"`],
    ['ERROR:  value "99999999999" is out of range for type integer', `value "${tag}" is out of range`],
    ["STATEMENT:  INSERT INTO p VALUES ('bob', 'it''s')", `VALUES \\(${tag}\\)`],
    ['상세정보:  (email)=(u1@ex.org) 키가 이미 있습니다.', `\\(email\\)=\\(‹email [0-9a-f]{4}›\\) 키가`],
  ])('%s', (text, expected) => {
    expect(redact(text)).toMatch(new RegExp(expected))
  })

  test('never survives in any message that repeats it', () => {
    const messages: ((value: string) => string)[] = [
      (value) => `DETAIL:  Key (email)=(${value}) already exists.`,
      (value) => `DETAIL:  Key (id, email)=(1, ${value}) is not present in table "people".`,
      (value) => `DETAIL:  Failing row contains (1, ${value}, null).`,
      (value) => `CONTEXT:  COPY orders, line 4, column phone: "${value}"`,
      (value) => `CONTEXT:  COPY orders, line 4: "1\t${value}\t2"`,
      (value) => `ERROR:  invalid input value for enum order_state: "${value}"`,
      (value) => `DETAIL:  Failing row contains (1, first\n\tthen ${value}\nand more, null).`,
    ]
    fc.assert(
      fc.property(cell, fc.nat(messages.length - 1), (value, which) => {
        const text = `ERROR:  it failed\n${messages[which]?.('#')}\nHINT:  mend it`
        fc.pre(!text.includes(value) && !/\b[A-Z]+: /.test(value))
        const hidden = redact(`ERROR:  it failed\n${messages[which]?.(value)}\nHINT:  mend it`)
        expect(hidden).not.toContain(value)
        expect(hidden).toContain('HINT:  mend it')
      }),
      { numRuns: 500 },
    )
  })

  test('that is equal gets an equal tag, and other data another', () => {
    const [one, same, other] = ['a@x.org', 'a@x.org', 'b@x.org'].map((mail) => redact(`Key (email)=(${mail}) exists`))
    expect(one).toBe(same)
    expect(one).not.toBe(other)
  })
})

describe('data of people', () => {
  test.each([
    ['mail bounced from u1@ex.org.', /^mail bounced from ‹email [0-9a-f]{4}›\.$/],
    ['called +82 10 1234 5678 twice', /^called ‹phone [0-9a-f]{4}› twice$/],
    ['fax (02) 123-4567', /^fax ‹phone [0-9a-f]{4}›$/],
    ['mobile 010-1234-5678,', /^mobile ‹phone [0-9a-f]{4}›,$/],
    ['office 555-123-4567', /^office ‹phone [0-9a-f]{4}›$/],
    ['card 4111 1111 1111 1111 declined', /^card ‹card [0-9a-f]{4}› declined$/],
    ['card 5555555555554444', /^card ‹card [0-9a-f]{4}›$/],
  ])('%s', (text, expected) => {
    expect(redact(text)).toMatch(expected)
  })

  test.each([
    '2026-11-02 03:04:05.678 +0900',
    '2026-11-02T03:04:05+09:00',
    'unit orders@1.service failed',
    'listening on 10.20.30.40:5432',
    '"GET / HTTP/1.1" 200 512 1234',
    'wal 0/16B3748, oid 16384, xid 4294967295',
    'took 1.234 s for 1,234,567 rows',
    'order 1234567890123456 is not a card',
    'uuid 550e8400-e29b-41d4-a716-446655440000',
    'version 15.18-0+deb12u1',
  ])('is not seen in %s', (text) => {
    expect(redact(text)).toBe(text)
  })

  test('stays where the plan shows row data, and credentials go all the same', () => {
    const lenient = createRedactor([], { rowData: 'shown' })
    expect(lenient('Key (email)=(u1@ex.org) already exists, password=abc')).toBe(
      'Key (email)=(u1@ex.org) already exists, password=***',
    )
  })
})

test('nothing of any kind that was planted anywhere survives', () => {
  const known = 'correct-horse-battery'
  const hide = createRedactor([known])
  const plants = listPlants(known)
  const noise = fc.constantFrom('', 'INFO ', '2026-11-02 03:04:05 ERROR: ', '\tat x.y(Z.java:1) ', '{"msg":"', '… ')
  fc.assert(
    fc.property(word, noise, noise, fc.nat(plants.length - 1), (secret, before, after, which) => {
      const [text, planted] = plants[which]?.(secret) ?? ['', '']
      expect(hide(`${before}${text}\n${after}`)).not.toContain(planted)
    }),
    { numRuns: 1_000 },
  )
})
