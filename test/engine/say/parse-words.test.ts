import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { commandRegister } from '../../../commands/index.ts'
import { SalvorError } from '../../../src/domain/errors/fail.ts'
import { parseWords } from '../../../src/engine/say/parse-words.ts'
import { fakePlan } from '../../support/fakes/plan.ts'

const plan = fakePlan()
const now = new Date('2026-02-28T17:58:00Z')
const parse = (text: string, of = plan) => parseWords(text, commandRegister, of, now)
const paramsOf = (text: string) => parse(text).params

function codeOf(text: string, of = plan): { code: string; message: string; hint: string } {
  try {
    parse(text, of)
  } catch (error) {
    if (error instanceof SalvorError) return error
    throw error
  }
  throw new Error(`"${text}" was understood`)
}

const understood: [said: string, command: string, params: object][] = [
  ['restore orders-db', 'restore', { system: 'orders-db' }],
  ['Restore Orders-DB', 'restore', { system: 'orders-db' }],
  ['freeze', 'freeze', { system: 'orders-db' }],
  ['restart', 'restart', { service: 'orders-api' }],
  ['restore orders-db —Backup d-0130', 'restore', { system: 'orders-db', backup: 'd-0130' }],
  [
    'restore orders-db --at lsn:0/7000110 --before',
    'restore',
    { system: 'orders-db', at: 'lsn:0/7000110', before: true },
  ],
  [
    'restore orders-db --at NAME:before the migration',
    'restore',
    { system: 'orders-db', at: 'NAME:before the migration' },
  ],
  ['restore orders-db --backup=d-0130', 'restore', { system: 'orders-db', backup: 'd-0130' }],
  ['restore --backup d-0130 orders-db', 'restore', { system: 'orders-db', backup: 'd-0130' }],
  ['restore orders-db -backup d-0130', 'restore', { system: 'orders-db', backup: 'd-0130' }],
  ['restore “orders-db” --backup "d-0130"', 'restore', { system: 'orders-db', backup: 'd-0130' }],
  ['<@U0SALVOR> retry restore-3', 'retry', { job: 'restore-3' }],
  ['/recover retry Restore-3', 'retry', { job: 'restore-3' }],
  ['retry restore 3', 'retry', { job: 'restore-3' }],
  ['retry restore #3', 'retry', { job: 'restore-3' }],
  ['approve restore 3 9WE4TF', 'approve', { job: 'restore-3', card: '9WE4TF' }],
  ['stop ALL', 'stop', { job: 'all' }],
  ['note --lesson check phones first', 'note', { text: 'check phones first', lesson: true }],
  ['note "it said --force"', 'note', { text: 'it said --force', lesson: false }],
  ['note it said "no" today', 'note', { text: 'it said "no" today', lesson: false }],
  ["note don't panic", 'note', { text: "don't panic", lesson: false }],
  ['note run with -v', 'note', { text: 'run with -v', lesson: false }],
  ['reject restore-3 --reason too much is lost', 'reject', { job: 'restore-3', reason: 'too much is lost' }],
  ['reject restore-3 --reason —wrong one', 'reject', { job: 'restore-3', reason: '--wrong one' }],
  ['', 'help', {}],
  ['verify --deep', 'verify', { system: 'orders-db', deep: true }],
]

test.each(understood)('«%s» is understood', (said, command, params) => {
  const parsed = parse(said)
  expect(parsed.command.name).toBe(command)
  expect(parsed.params).toEqual(params)
})

const refused: [said: string, code: string, says: string][] = [
  ['restroe orders-db', 'command_unknown', '`restore orders-db`'],
  ['restroe', 'command_unknown', 'restore <system>'],
  ['please restore orders-db --backup d-1', 'command_unknown', '`restore orders-db --backup d-1`'],
  ['could you please Restore orders-db', 'command_unknown', '`restore orders-db`'],
  ['xyzzyplugh', 'command_unknown', 'help'],
  ['restore --bakcup d-0130', 'command_usage', 'the nearest is --backup'],
  ['restore', 'command_usage', '`restore orders-db`'],
  ['restore --backup latest', 'command_usage', '`restore orders-db`'],
  ['status --force', 'command_usage', 'the nearest is --incident'],
  ['restore ordres-db', 'system_unknown', 'orders-db'],
  ['restore orders-api', 'system_kind', 'orders-api is a service'],
  ['restart orders-db', 'system_kind', 'orders-db is a database'],
  ['restore orders-db please', 'command_usage', '"please"'],
  ['stop all 3', 'command_usage', '"3"'],
  ['restore --backup', 'command_usage', '--backup needs a value'],
  ['restore --backup a --backup b', 'command_usage', 'given twice'],
  ['restore orders-db --backup ../../etc', 'command_usage', 'backup: '],
  ['open', 'command_usage', 'open needs <title>'],
  ['open x --severity high', 'command_usage', 'takes a number'],
  ['open x --severity 9', 'command_usage', '1 to 4'],
  ['reject restore-3 --reason no --incidnet 7', 'command_usage', 'the nearest is --incident'],
  ['restore orders-db --at somewhere', 'time_unreadable', 'somewhere'],
  ['restore orders-db --at lsn:7', 'command_usage', '--at takes'],
  ['restore orders-db --tables a,b', 'command_usage', '--tables is not supported yet'],
  ['restore orders-db --in-place', 'command_usage', '--in-place is not supported yet'],
  ['open x --began soon', 'time_unreadable', 'soon'],
  ['approve restore-3 4f1c', 'command_usage', 'six characters'],
  ['approve restore-3 9WE4TU', 'command_usage', 'six characters'],
  ['restore constructor', 'system_unknown', 'constructor'],
  ['restore --constructor x', 'command_usage', 'has no --constructor'],
]

test.each(refused)('«%s» is refused with %s', (said, code, says) => {
  const error = codeOf(said)
  expect(error.code).toBe(code)
  expect(`${error.message} ${error.hint}`).toContain(says)
})

test('a refusal for wrong use shows the usage', () => {
  expect(codeOf('open').hint).toContain('open <title>')
})

test('where the plan has two databases the words must say which', () => {
  const second = { kind: 'postgres', owner: 'dba', url: 'postgres://localhost/stock' }
  const two = fakePlan({ systems: { ...fakePlan().systems, 'stock-db': second } })
  expect(codeOf('restore', two).message).toBe('Which system? Say `restore orders-db` or `restore stock-db`.')
})

test('--incident works on every command', () => {
  for (const command of commandRegister) {
    const [example = ''] = command.examples
    expect(parse(`${example} --incident 7`).incidentFlag).toBe(7)
    expect(parse(example).incidentFlag).toBeNull()
  }
})

test('what a button carries wins over what was typed', () => {
  const given = { digest: 'f'.repeat(64) }
  expect(parseWords('approve restore-1', commandRegister, plan, now, given).params).toEqual({
    job: 'restore-1',
    ...given,
  })
})

describe.each(commandRegister.map((command) => [command.name, command] as const))('%s', (name, command) => {
  test.each(command.examples)('its example «%s» parses', (example) => {
    expect(parse(example).command.name).toBe(name)
  })
  test('its usage begins with its name and its summary is a sentence', () => {
    expect(command.usage.split(' ')[0]).toBe(name)
    expect(command.summary).toMatch(/^[A-Z].*\.$/)
  })
})

test('whatever is said is understood or refused in words, never thrown otherwise', () => {
  const word = fc.oneof(
    fc.constantFrom(...commandRegister.map(({ name }) => name)),
    fc.constantFrom(
      '--began',
      '—by',
      '--incident',
      '--reason',
      '-',
      '"',
      "'",
      '--=',
      'orders-db',
      '02:10',
      '__proto__',
      '--__proto__',
    ),
    fc.string({ unit: 'binary', maxLength: 12 }),
  )
  fc.assert(
    fc.property(fc.array(word, { maxLength: 8 }), (words) => {
      try {
        parse(words.join(' '))
      } catch (error) {
        expect(error).toBeInstanceOf(SalvorError)
      }
    }),
    { numRuns: 2000 },
  )
})

test('any order of the flags gives the same params', () => {
  const flags = ['--severity 1', '—began 02:10', '--by 06:00', '--system orders-db', '--incident 3']
  const expected = paramsOf(`open Orders lost ${flags.join(' ')}`)
  fc.assert(
    fc.property(fc.shuffledSubarray(flags, { minLength: flags.length }), (shuffled) => {
      expect(paramsOf(`open Orders lost ${shuffled.join(' ')}`)).toEqual(expected)
    }),
  )
})
