import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { explainCommand, matchCommands, suggest } from '../../../../sandbox/page/composer/suggest.ts'

const commands = [
  { name: 'restore', usage: 'restore <system>', summary: 'Brings a system back.', examples: [] },
  { name: 'restart', usage: 'restart <system>', summary: 'Restarts a service.', examples: [] },
  { name: 'status', usage: 'status', summary: 'Where a restore stands.', examples: [] },
]
const known = {
  bot: { userId: 'U0SALVOR', botId: 'B0', appId: 'A0', name: 'salvor' },
  users: [
    { id: 'U0ALICE', name: 'alice', realName: 'Alice (DBA)' },
    { id: 'U0BOB', name: 'bob', realName: 'Bob (DBA)' },
  ],
  userGroups: [{ id: 'S0DBAS', handle: 'dbas' }],
}
const titles = (before: string) => suggest(before, commands, known).list.map(({ title }) => title)
/** The composer's text after the first suggestion was taken. */
const take = (before: string) => {
  const { from, list } = suggest(before, commands, known)
  return before.slice(0, from) + (list[0]?.insert ?? '')
}

describe('suggestions', () => {
  test('begin with the slash', () => {
    expect(titles('/')).toEqual(['/recover'])
    expect(take('/rec')).toBe('/recover ')
    expect(titles('/x')).toEqual([])
    expect(titles('see /')).toEqual([])
  })

  test('list every command after the slash command and after the app’s name', () => {
    expect(titles('/recover ')).toEqual(['restore', 'restart', 'status'])
    expect(titles('@salvor ')).toEqual(['restore', 'restart', 'status'])
  })

  test('put names that begin so before summaries that speak of it', () => {
    expect(titles('/recover rest')).toEqual(['restore', 'restart', 'status'])
    expect(titles('/recover restor')).toEqual(['restore', 'status'])
    expect(take('/recover resta')).toBe('/recover restart ')
    expect(take('@salvor sta')).toBe('@salvor status ')
  })

  test('put the very name first, and stay while another one goes on from there', () => {
    const backups = ['backups', 'backup'].map((name) => ({ name, usage: name, summary: 'x', examples: [] }))
    expect(suggest('/recover backup', backups, known).list.map(({ title }) => title)).toEqual(['backup', 'backups'])
    expect(suggest('/recover backups', backups, known).list).toEqual([])
  })

  test('end with the command’s name', () => {
    expect(titles('/recover restart')).toEqual([])
    expect(titles('/recover restore')).toEqual([])
    expect(titles('/recover restore orders')).toEqual([])
  })

  test('name people, groups and the app after an at sign', () => {
    expect(titles('hello @')).toEqual(['@salvor', '@alice', '@bob', '@dbas'])
    expect(take('hello @al')).toBe('hello @alice ')
    expect(titles('mail@al')).toEqual([])
  })

  test('leave commands alone, whose words mean something else', () => {
    expect(titles('/recover note @')).toEqual([])
  })

  test('replace nothing but what was typed last, whatever that is', () => {
    fc.assert(
      fc.property(fc.string(), (before) => {
        const { from, list } = suggest(before, commands, known)
        return (
          list.length === 0 || (from >= 0 && from <= before.length && take(before).startsWith(before.slice(0, from)))
        )
      }),
    )
  })
})

test('a command that stands in full is explained', () => {
  expect(explainCommand('/recover restore orders-db', commands, 'salvor')?.usage).toBe('restore <system>')
  expect(explainCommand('@salvor status', commands, 'salvor')?.name).toBe('status')
  expect(explainCommand('/recover resto', commands, 'salvor')).toBeUndefined()
  expect(explainCommand('restore', commands, 'salvor')).toBeUndefined()
})

test('short words do not look into summaries', () => {
  expect(matchCommands('a', commands).map(({ name }) => name)).toEqual(['restart', 'status'])
})
