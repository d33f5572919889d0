import type { Answer, Step } from '../compare.ts'
import { cursorOf, id, inIncident, listOf, pick } from './read-answer.ts'

/** Tokens, people and channels, which the later calls know by what these answer. */
export function listPeopleAndChannels(): Step[] {
  return [...listTokens(), ...listPeople(), ...listChannels()]
}

function listTokens(): Step[] {
  const who = (answer: Answer) => [answer.user, answer.user_id, answer.bot_id, answer.team]
  return [
    { title: 'a token is asked whose it is', method: 'auth.test', facts: who },
    { title: 'no token', method: 'auth.test', token: 'none' },
    { title: 'an unknown token', method: 'auth.test', token: 'unknown' },
    {
      title: 'an unknown token posts',
      method: 'chat.postMessage',
      token: 'unknown',
      args: () => ({ channel: 'C0', text: 'x' }),
    },
    { title: 'a method that does not exist', method: 'chat.sing' },
  ]
}

function listPeople(): Step[] {
  const names = (answer: Answer) =>
    listOf(answer.members)
      .map((one) => one.name)
      .filter((name) => name !== 'admin')
      .sort()
  return [
    {
      title: 'all people',
      method: 'users.list',
      facts: names,
      learn: (answer, { known }) => {
        for (const one of listOf(answer.members)) known.set(String(one.name), String(one.id))
      },
    },
    {
      title: 'one person at a time',
      method: 'users.list',
      args: () => ({ limit: 1 }),
      facts: (answer) => [listOf(answer.members).length, cursorOf(answer) !== ''],
      learn: (answer, { known }) => known.set('next person', cursorOf(answer)),
    },
    {
      title: 'the next person by the cursor',
      method: 'users.list',
      args: ({ known }) => ({ limit: 1, cursor: known.get('next person') }),
      facts: (answer) => listOf(answer.members).length,
    },
    {
      title: 'one person',
      method: 'users.info',
      args: (world) => ({ user: id(world, 'bob') }),
      facts: ({ user }) => pick(user, 'name', 'real_name', 'is_bot', 'deleted'),
    },
    {
      title: 'the bot as a person',
      method: 'users.info',
      args: () => ({ user: 'U0SALVOR' }),
      facts: ({ user }) => pick(user, 'name', 'is_bot', 'deleted'),
    },
    { title: 'an unknown person', method: 'users.info', args: () => ({ user: 'U0NOBODY' }) },
    { title: 'no person', method: 'users.info' },
    {
      title: 'a person by address',
      method: 'users.lookupByEmail',
      args: () => ({ email: 'dana@example.com' }),
      facts: ({ user }) => pick(user, 'name'),
    },
    { title: 'an unknown address', method: 'users.lookupByEmail', args: () => ({ email: 'nobody@example.com' }) },
  ]
}

function listChannels(): Step[] {
  return [
    {
      title: 'public channels',
      method: 'conversations.list',
      facts: (answer) => listOf(answer.channels).some((one) => one.name === 'secret'),
      learn: (answer, { known }) => {
        for (const one of listOf(answer.channels)) known.set(String(one.name), String(one.id))
      },
    },
    {
      title: 'one channel at a time',
      method: 'conversations.list',
      args: () => ({ limit: 1 }),
      facts: (answer) => [listOf(answer.channels).length, cursorOf(answer) !== ''],
    },
    {
      title: 'joining a public channel',
      method: 'conversations.join',
      args: inIncident,
      facts: ({ channel }) => pick(channel, 'name', 'is_member'),
    },
    { title: 'joining what does not exist', method: 'conversations.join', args: () => ({ channel: 'C0NONE' }) },
    {
      title: 'one channel',
      method: 'conversations.info',
      args: inIncident,
      facts: ({ channel }) => pick(channel, 'name', 'is_channel', 'is_private', 'is_im', 'is_member', 'is_archived'),
    },
    { title: 'an unknown channel', method: 'conversations.info', args: () => ({ channel: 'C0NONE' }) },
    { title: 'no channel', method: 'conversations.info' },
    {
      title: 'who is in a channel',
      method: 'conversations.members',
      args: inIncident,
      facts: (answer, world) => {
        const members = Array.isArray(answer.members) ? answer.members : []
        return ['alice', 'bob', 'dana', 'salvor'].map((name) => members.includes(id(world, name, 'U0SALVOR')))
      },
    },
    { title: 'who is in an unknown channel', method: 'conversations.members', args: () => ({ channel: 'C0NONE' }) },
    {
      title: 'a new channel',
      method: 'conversations.create',
      args: () => ({ name: 'inc-1' }),
      facts: ({ channel }) => pick(channel, 'name', 'is_channel', 'is_private', 'is_member'),
      learn: ({ channel }, { known }) => known.set('inc-1', String((channel as Answer).id)),
    },
    { title: 'a channel by a name that is taken', method: 'conversations.create', args: () => ({ name: 'inc-1' }) },
    {
      title: 'a channel by a name that is too long',
      method: 'conversations.create',
      args: () => ({ name: 'x'.repeat(81) }),
    },
    { title: 'a channel by a name with a dot', method: 'conversations.create', args: () => ({ name: 'inc.1' }) },
    { title: 'a channel without a name', method: 'conversations.create' },
    {
      title: 'a topic',
      method: 'conversations.setTopic',
      args: (world) => ({ channel: id(world, 'inc-1'), topic: 'restoring' }),
    },
    {
      title: 'a topic of 251 characters',
      method: 'conversations.setTopic',
      args: (world) => ({ channel: id(world, 'inc-1'), topic: 'x'.repeat(251) }),
    },
  ]
}
