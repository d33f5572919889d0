import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { SalvorError } from '../../src/domain/errors/fail.ts'
import { exampleText, exampleWith, parseText } from './plan-text.ts'

const ordersUrl = `url: \${ORDERS_DB_URL}`

function factsOf(text: string): { problem?: unknown; said: string } {
  try {
    parseText(text)
    return { said: '' }
  } catch (error) {
    if (!(error instanceof SalvorError)) throw error
    return {
      problem: error.facts.problem,
      said: JSON.stringify([error.message, error.hint, error.facts, error.excerpt]),
    }
  }
}

describe('a password in the plan is refused, the key is named, and the password is not', () => {
  test.each([
    ['postgres://u:hunter2@db/orders'],
    ['postgresql://u:hunter2@db:5432/orders?sslmode=require'],
    ['postgres://:hunter2@db/orders'],
    ['postgres://u:hunter2%40more@db/orders'],
    ['postgres://u:hunter2@more@db/orders'],
    ['postgres://u:hunter2/more@db/orders'],
    ['POSTGRES://u:hunter2@db/orders'],
    [`postgres://u:\${PART}hunter2@db/orders`],
    [`postgres://u:$\${hunter2}@db/orders`],
    ['postgres://u@db/orders?password=hunter2'],
    ['postgres://u@db/orders?sslmode=verify-full&sslpassword=hunter2'],
    ["host=db dbname=orders password='hunter2'"],
  ])('%s', (address) => {
    const { problem, said } = factsOf(exampleWith(ordersUrl, `url: ${JSON.stringify(address).replaceAll('$', '$$$$')}`))
    expect(problem).toContain('systems.orders-db.url')
    expect(said).not.toContain('hunter2')
    expect(said).toContain(`\${NAME}`)
  })

  test('wherever it stands: other addresses, words of commands', () => {
    for (const [from, to, key] of [
      [`adminUrl: \${ORDERS_ADMIN_URL}`, 'adminUrl: postgres://u:hunter2@db/postgres', 'systems.orders-db.adminUrl'],
      [
        'test: ["orders-api", "--check", "{file}"]',
        'test: [check, "{file}", "--to=redis://:hunter2@cache"]',
        '.test.2',
      ],
    ] as const) {
      const { problem, said } = factsOf(exampleWith(from, to))
      expect(problem).toContain(key)
      expect(said).not.toContain('hunter2')
    }
  })
})

test.each([
  [`postgres://u:\${PASSWORD}@db/orders`],
  [`postgres://\${USER}:\${PASSWORD}@\${HOST}:\${PORT}/orders`],
  ['postgres://u@db:5432/orders'],
  ['postgres://u:@db/orders'],
  ['postgres://[::1]:5432/orders?application_name=a@b'],
  ['postgres://db:5432/orders?application_name=a@b'],
  [`postgres://u@db/orders?password=\${PASSWORD}`],
  [`\${ORDERS_DB_URL}`],
])('%s holds no password', (address) => {
  expect(
    factsOf(exampleWith(ordersUrl, `url: ${JSON.stringify(address).replaceAll('$', '$$$$')}`)).problem,
  ).toBeUndefined()
})

test('the example holds none, and no password of whatever letters passes', () => {
  expect(factsOf(exampleText).problem).toBeUndefined()
  const letters = fc.string({ unit: fc.constantFrom(...'abcXYZ019-._~%!*+,;=:@'), minLength: 1, maxLength: 20 })
  fc.assert(
    fc.property(letters, (password) => {
      const text = exampleWith(ordersUrl, `url: ${JSON.stringify(`postgres://u:${password}@db/orders`)}`)
      expect(factsOf(text).problem).toContain('systems.orders-db.url')
    }),
    { numRuns: 40 },
  )
})
