import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import { SalvorError } from '../../src/domain/errors/fail.ts'
import { exampleText, exampleWith, parseText } from './plan-text.ts'

/** What a person reads about a plan: `line:column problem | fix`. */
function complaintOf(text: string): string {
  try {
    parseText(text)
    return 'no complaint'
  } catch (error) {
    if (!(error instanceof SalvorError)) throw error
    return `${error.facts.line}:${error.facts.column} ${error.facts.problem} | ${error.hint}`
  }
}

const lineOf = (text: string, words: string) => text.split('\n').findIndex((line) => line.includes(words)) + 1

test.each([
  ['{ file: /srv/anchors }', 'no complaint'],
  ['{ channel: C0ANCHORS }', 'no complaint'],
  ['{ every: 1h }', /anchor has neither file nor channel/],
  ['{ channel: anchors }', /the id of a Slack channel/],
])('an anchor %s: %s', (anchor, said) => {
  expect(complaintOf(exampleText.replace(/^anchor: .*$/m, `anchor: ${anchor}`))).toMatch(said)
})

test('the example is a valid plan, with its defaults filled in', () => {
  const plan = parseText(exampleText)
  expect(Object.keys(plan.systems)).toEqual(['orders-db', 'orders-api'])
  expect(plan.systems['orders-api']).toMatchObject({ kind: 'service', settle: '2s', health: { within: '60s' } })
  expect(plan.digest).toMatch(/^[0-9a-f]{64}$/)
})

test.each([
  ['["true"]', /not handed the file/],
  ['[cat, /etc/hostname]', /not handed the file/],
  ['[check, "{ file }"]', /not handed the file/],
  ['[check, "--config={file}"]', /no complaint/],
])('a test of a config file that is %s: %s', (argv, said) => {
  expect(exampleText).toContain('test: ["orders-api", "--check", "{file}"]')
  expect(complaintOf(exampleWith('test: ["orders-api", "--check", "{file}"]', `test: ${argv}`))).toMatch(said)
})

test('names are names: nothing is known that nobody wrote, and none is left out without a word', () => {
  const plan = parseText(exampleText)
  const lists = [plan.systems, plan.roles, plan.people, plan.procedures, plan.logs, plan.monitors]
  expect(lists.flatMap((one) => ['constructor', 'toString', '__proto__'].filter((name) => name in one))).toEqual([])
  const said = complaintOf(
    exampleWith('\nsystems:\n', '\nsystems:\n  __proto__: { kind: postgres, owner: dba, url: x }\n'),
  )
  expect(said).toMatch(/__proto__/)
})

test('variables stay unexpanded, and their places are known', () => {
  const plan = parseText(exampleText)
  expect(plan.systems['orders-db']).toMatchObject({ url: '$' + '{ORDERS_DB_URL}' })
  expect(plan.variables?.ORDERS_DB_URL).toEqual({ line: lineOf(exampleText, '{ORDERS_DB_URL}'), column: 10 })
})

test('the digest changes with the text and with the files that it names, not with its place', () => {
  const digestOf = (text: string, folder: string, fileHashes = {}) =>
    import('../../src/plan/parse-plan.ts').then(
      ({ parsePlan }) => parsePlan({ text, path: 'p', folder, fileHashes }).digest,
    )
  return Promise.all([
    digestOf(exampleText, '/a'),
    digestOf(exampleText, '/b'),
    digestOf(`${exampleText}\n`, '/a'),
    digestOf(exampleText, '/a', { 'remedies/widen-phone.sql': 'ab' }),
  ]).then(([here, there, longer, otherFile]) => {
    expect(here).toBe(there)
    expect(new Set([here, longer, otherFile]).size).toBe(3)
  })
})

describe('a faulty plan is refused with its place and what to do', () => {
  test.each([
    ['a typo in a key', 'owner: dba', 'onwer: dba', /unknown key "onwer".*\| Did you mean "owner"\?/, 'onwer:'],
    [
      'an unknown owner',
      'owner: sysadmin',
      'owner: sysadmim',
      /no role "sysadmim" \| Did you mean "sysadmin"/,
      'sysadmim',
    ],
    [
      'an unknown need',
      'needs: [orders-db]',
      'needs: [orders-bd]',
      /no system "orders-bd" \| Did you mean "orders-db"/,
      'orders-bd',
    ],
    ['an unknown host', 'host: app1 ', 'host: app2 ', /no host "app2"/, 'host: app2 '],
    [
      'an unknown log',
      'log: migration,',
      'log: migratoin,',
      /no log "migratoin" \| Did you mean "migration"/,
      'migratoin',
    ],
    ['an unknown tester', 'testers: [business]', 'testers: [bizness]', /no role "bizness"/, 'bizness'],
    ['a suite that nobody tests', 'testers: [business]', 'testers: []', /nobody could judge its cases/, 'testers: []'],
    ['an unknown signer', 'signOff: [business]', 'signOff: [bizness]', /no role "bizness"/, 'bizness'],
    ['a case about nothing', 'covers: [orders-db]', 'covers: [orders-bd]', /no system "orders-bd"/, 'orders-bd'],
    [
      'a manual step that turns to nobody',
      '{ uat: order-entry }',
      '{ manual: { title: call, owner: dba, escalateTo: [sysadmim], escalateAfter: 5m } }',
      /no role "sysadmim"/,
      'sysadmim',
    ],
    [
      'a manual step that turns to others at no time',
      '{ uat: order-entry }',
      '{ manual: { title: call, owner: dba, escalateTo: [sysadmin] } }',
      /both escalateTo and escalateAfter/,
      '{ title: call',
    ],
    ['an unknown approver role', 'from: [dba]', 'from: [dab]', /no role "dab" \| Did you mean "dba"/, 'dab'],
    ['an unknown kind', 'kind: service', 'kind: servcie', /none of the known kinds|[Ii]nvalid/, 'servcie'],
    ['a wrong duration', 'keepOld: 7d', 'keepOld: a week', /wanted a duration such as/, 'a week'],
    ['a missing version', 'version: 1', 'channel2: x', /unknown key "channel2"|version/, ''],
    [
      'a wrong user',
      'users: [U0CAROL]',
      'users: [carol]',
      /"carol" is neither one of people nor a Slack user id/,
      '[carol]',
    ],
    ['a group by handle', 'groups: [S0DBAS]', 'groups: [dbas]', /"dbas" is no Slack user group/, '[dbas]'],
    ['root as a person', 'os: alice', 'os: root', /root is nobody/, 'os: root'],
    ['two health checks', 'health: { http:', 'health: { tcp: "x:1", http:', /http and tcp are two ways/, 'health:'],
    [
      'a self-approved destruction',
      'notRequester: true',
      'notRequester: false',
      /nobody approves their own/,
      'notRequester',
    ],
    ['no approval for destruction', 'count: 1', 'count: 0', /a destructive step needs an approval/, 'count: 0, not'],
    [
      'an unknown procedure verb',
      '{ restore: orders-db }',
      '{ resotre: orders-db }',
      /cannot "resotre" \| Did you mean "restore"/,
      'resotre',
    ],
    ['a procedure named as a command', 'full-recovery:', 'export:', /no procedure can be called export/, 'export:'],
    ['an unknown time zone', 'Asia/Seoul', 'Asia/Soul', /time zone is not known/, 'Asia/Soul'],
    ['an unreadable reference', '{ORDERS_DB_URL}', '{ORDERS DB URL}', /holds no name/, 'ORDERS DB'],
    ['a tab in YAML', 'keepOld: 7d', '\tkeepOld: 7d', /./, '\tkeepOld'],
    ['a key that stands twice', 'keepOld: 7d', 'keepOld: 7d\nkeepOld: 8d', /[Uu]nique/, 'keepOld: 8d'],
  ])('%s', (_, from, to, said, onLine) => {
    const text = exampleWith(from, to)
    const complaint = complaintOf(text)
    expect(complaint).toMatch(said)
    if (onLine !== '') expect(complaint).toMatch(new RegExp(`^${lineOf(text, onLine)}:`))
  })

  test('systems that need each other are named as a circle', () => {
    const text = exampleWith('    url: $', '    needs: [orders-api]\n    url: $')
    expect(complaintOf(text)).toMatch(/systems need each other: orders-db → orders-api → orders-db/)
  })

  test('a procedure that contradicts needs', () => {
    const text = exampleWith(
      '{ restore: orders-db }, { restart: orders-api }',
      '{ restart: orders-api }, { restore: orders-db }',
    )
    expect(complaintOf(text)).toMatch(/orders-api comes before orders-db, which it needs/)
  })

  test('a service whose restart nothing would prove', () => {
    const text = exampleWith('owner: sysadmin', 'owner: sysadmin\n    restart: [ctl]').replace(
      / {4}(unit|health):.*\n/g,
      '',
    )
    expect(complaintOf(text)).toMatch(/nothing would prove a restart of orders-api \| Add identity or health/)
  })

  test('one identity of two people', () => {
    const text = exampleWith('os: alice }', 'os: alice }\n  eve: { slack: U0ALICE }')
    expect(complaintOf(text)).toMatch(/eve and alice have the same slack identity/)
  })

  test('several faults are listed, the first is the message', () => {
    const text = exampleWith('owner: dba', 'owner: nobody').replace('owner: sysadmin', 'owner: anybody')
    expect(() => parseText(text)).toThrow(
      expect.objectContaining({ excerpt: expect.stringMatching(/nobody.*\n.*anybody/) }),
    )
  })
})

/** Every path of keys and indexes in a value. */
function pathsOf(value: unknown, path: (string | number)[] = []): (string | number)[][] {
  if (typeof value !== 'object' || value === null) return [path]
  const children = Array.isArray(value) ? [...value.entries()] : Object.entries(value)
  return [path, ...children.flatMap(([key, child]) => pathsOf(child, [...path, key]))]
}

function replaceAt(value: unknown, [step, ...rest]: (string | number)[], change: (old: unknown) => unknown): unknown {
  if (step === undefined) return change(value)
  if (Array.isArray(value))
    return value.map((child, index) => (index === step ? replaceAt(child, rest, change) : child))
  const object = value as Record<string, unknown>
  return Object.fromEntries(
    Object.entries(object).map(([key, child]) => [key, key === String(step) ? replaceAt(child, rest, change) : child]),
  )
}

const example: unknown = parse(exampleText)
const paths = pathsOf(example)

test('any value in any place is either a valid plan or refused with a place: never a crash', () => {
  const anything = fc.oneof(
    fc.jsonValue(),
    fc.constant('__proto__'),
    fc.constant({ __proto__x: 1 }),
    fc.date({ noInvalidDate: true }),
  )
  fc.assert(
    fc.property(fc.constantFrom(...paths), anything, (path, value) => {
      expect(complaintOf(stringify(replaceAt(example, path, () => value)))).toMatch(/^(\d+:\d+ .+\| .+|no complaint)$/s)
    }),
    { numRuns: 300 },
  )
})

test('an unknown key in any object is never accepted silently, and its line is named', () => {
  const free = new Set([
    'roles',
    'people',
    'hosts',
    'systems',
    'logs',
    'migrations',
    'scripts',
    'procedures',
    'uat',
    'monitors',
  ])
  const objects = paths.filter((path) => {
    const here = path.reduce<unknown>((so, step) => (so as Record<string | number, unknown>)[step], example)
    return typeof here === 'object' && !Array.isArray(here) && !(path.length === 1 && free.has(String(path[0])))
  })
  for (const path of objects) {
    const text = stringify(replaceAt(example, path, (old) => ({ ...(old as object), surplus_key: 1 })))
    expect(complaintOf(text)).toMatch(new RegExp(`^(${lineOf(text, 'surplus_key')}:|.*a step is one verb)`))
  }
})

test('a value of another type in any place is never accepted silently', () => {
  for (const path of paths.filter((one) => one.length > 0 && !(one[0] === 'systems' && one.includes('checks')))) {
    expect([path, complaintOf(stringify(replaceAt(example, path, () => ({ wrong: [{}] }))))]).not.toEqual([
      path,
      'no complaint',
    ])
  }
})

test('a map in the place of a name is a complaint, whatever its own names are', () => {
  const steps = (word: string) => exampleWith('{ logs: migration }', `{ logs: ${word} }`)
  for (const word of ['{ toString: 0 }', '{ valueOf: 0, toString: 1 }', '[a]', '7'])
    expect(complaintOf(steps(word))).toMatch(/logs has no such name/)
})

test('text that is no plan at all is refused', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 200 }), (text) => {
      expect(complaintOf(text)).not.toBe('no complaint')
    }),
  )
})
