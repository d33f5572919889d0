import { describe, expect, test } from 'vitest'
import { readOptions } from '../../src/terminal/options.ts'

const plain = { json: false, follow: 'once', code: null }

describe('what is typed after salvor', () => {
  test.each([
    ['restore orders-db', { ...plain, words: 'restore orders-db' }],
    ['status --json', { ...plain, words: 'status', json: true }],
    ['--json status --incident 7', { ...plain, words: 'status --incident 7', json: true }],
    ['restore orders-db --no-follow', { ...plain, words: 'restore orders-db', follow: 'no' }],
    ['restore orders-db --follow', { ...plain, words: 'restore orders-db', follow: 'through' }],
    ['approve restore-3 9WE4TF --code 123456', { ...plain, words: 'approve restore-3 9WE4TF', code: '123456' }],
    ['approve --code=123456 restore-3', { ...plain, words: 'approve restore-3', code: '123456' }],
    ['note -- say --json and --code', { ...plain, words: 'note say --json and --code' }],
  ])('%s is words and options', (line, expected) => {
    expect(readOptions(line.split(' '))).toEqual(expected)
  })

  test('keeps what the shell kept together', () => {
    expect(readOptions(['open', 'Orders lost, all of them', '--severity', '1']).words).toBe(
      'open Orders lost, all of them --severity 1',
    )
    expect(readOptions(['approve', 'restore-3', '--code', '123 456']).code).toBe('123456')
  })

  test.each(['--code', '--code 12345', '--code abcdef', '--code=', '--code 1234567', '--follow --no-follow'])(
    '%s is a usage error that repeats no code',
    (line) => {
      expect(() => readOptions(['status', ...line.split(' ')])).toThrow(
        expect.objectContaining({ code: 'command_usage', message: expect.not.stringMatching(/\d{5}/) }),
      )
    },
  )
})
