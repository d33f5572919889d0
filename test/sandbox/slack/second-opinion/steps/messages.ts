import type { Answer, Step } from '../compare.ts'
import type { World } from '../worlds.ts'
import { cursorOf, id, inIncident, listOf, pick, section } from './read-answer.ts'

/** What is posted, edited, deleted and read. */
export function listMessageSteps(): Step[] {
  return [...listMessages(), ...listThreads()]
}

function listMessages(): Step[] {
  const first = (world: World) => ({ ...inIncident(world), ts: id(world, 'first') })
  return [
    {
      title: 'a message',
      method: 'chat.postMessage',
      args: (world) => ({ ...inIncident(world), text: 'first' }),
      facts: (answer, world) => [
        answer.channel === id(world, 'incident'),
        /^\d{10}\.\d{6}$/.test(String(answer.ts)),
        pick(answer.message, 'text', 'user', 'type', 'thread_ts'),
      ],
      learn: (answer, { known }) => known.set('first', String(answer.ts)),
    },
    {
      title: 'a message of blocks, with metadata',
      method: 'chat.postMessage',
      args: (world) => ({
        ...inIncident(world),
        text: 'second',
        blocks: [section('*second*')],
        metadata: { event_type: 'card', event_payload: { job: 'R-1' } },
      }),
      facts: (answer) => (answer.message as Answer).metadata,
      learn: (answer, { known }) => known.set('second', String(answer.ts)),
    },
    { title: 'a message without words', method: 'chat.postMessage', args: inIncident },
    { title: 'a message to nowhere', method: 'chat.postMessage', args: () => ({ text: 'x' }) },
    {
      title: 'a message to an unknown channel',
      method: 'chat.postMessage',
      args: () => ({ channel: 'C0NONE', text: 'x' }),
    },
    {
      title: 'a message to a channel without the bot',
      method: 'chat.postMessage',
      args: (world) => ({ channel: id(world, 'other'), text: 'x' }),
    },
    {
      title: 'blocks that are no list',
      method: 'chat.postMessage',
      args: (world) => ({ ...inIncident(world), text: 'x', blocks: 'none' }),
    },
    {
      title: 'a block that is too long',
      method: 'chat.postMessage',
      args: (world) => ({ ...inIncident(world), text: 'x', blocks: [section('x'.repeat(3001))] }),
    },
    {
      title: 'an edited message',
      method: 'chat.update',
      args: (world) => ({ ...first(world), text: 'first, edited' }),
      facts: (answer) => [answer.text, pick(answer.message, 'text'), typeof (answer.message as Answer).edited],
    },
    {
      title: 'an edit of an unknown message',
      method: 'chat.update',
      args: (world) => ({ ...inIncident(world), ts: '1.000001', text: 'x' }),
    },
    {
      title: 'an edit in an unknown channel',
      method: 'chat.update',
      args: () => ({ channel: 'C0NONE', ts: '1.000001', text: 'x' }),
    },
    { title: 'an edit to nothing', method: 'chat.update', args: first },
    {
      title: 'an edit of 4,001 characters',
      method: 'chat.update',
      args: (world) => ({ ...inIncident(world), ts: id(world, 'second'), text: 'x'.repeat(4001) }),
    },
    {
      title: 'a note for one person',
      method: 'chat.postEphemeral',
      args: (world) => ({ ...inIncident(world), user: id(world, 'alice'), text: 'psst' }),
    },
    {
      title: 'a note for an unknown person',
      method: 'chat.postEphemeral',
      args: (world) => ({ ...inIncident(world), user: 'U0NOBODY', text: 'psst' }),
    },
    {
      title: 'a note for somebody who is not there',
      method: 'chat.postEphemeral',
      args: (world) => ({ channel: id(world, 'inc-1'), user: id(world, 'alice'), text: 'psst' }),
    },
    {
      title: 'a note without words',
      method: 'chat.postEphemeral',
      args: (world) => ({ ...inIncident(world), user: id(world, 'alice') }),
    },
    {
      title: 'the address of a message',
      method: 'chat.getPermalink',
      args: (world) => ({ ...inIncident(world), message_ts: id(world, 'first') }),
      facts: (answer) => /\/archives\/C\w+\/p\d{16}$/.test(String(answer.permalink)),
    },
    {
      title: 'the address of an unknown message',
      method: 'chat.getPermalink',
      args: (world) => ({ ...inIncident(world), message_ts: '1.000001' }),
    },
    {
      title: 'a message to be deleted',
      method: 'chat.postMessage',
      args: (world) => ({ ...inIncident(world), text: 'gone soon' }),
      learn: (answer, { known }) => known.set('gone', String(answer.ts)),
    },
    {
      title: 'a deleted message',
      method: 'chat.delete',
      args: (world) => ({ ...inIncident(world), ts: id(world, 'gone') }),
    },
    {
      title: 'a message deleted twice',
      method: 'chat.delete',
      args: (world) => ({ ...inIncident(world), ts: id(world, 'gone') }),
    },
    {
      title: 'an edit of a deleted message',
      method: 'chat.update',
      args: (world) => ({ ...inIncident(world), ts: id(world, 'gone'), text: 'x' }),
    },
  ]
}

function listThreads(): Step[] {
  const reply = (world: World, text: string) => ({ ...inIncident(world), thread_ts: id(world, 'first'), text })
  const texts = (answer: Answer) => listOf(answer.messages).map((one) => one.text)
  return [
    {
      title: 'a reply',
      method: 'chat.postMessage',
      args: (world) => reply(world, 'reply one'),
      facts: (answer, world) => (answer.message as Answer).thread_ts === id(world, 'first'),
    },
    {
      title: 'another reply',
      method: 'chat.postMessage',
      args: (world) => reply(world, 'reply two'),
      learn: (answer, { known }) => known.set('last reply', String(answer.ts)),
    },
    {
      title: 'a reply to an unknown message',
      method: 'chat.postMessage',
      args: (world) => ({ ...reply(world, 'x'), thread_ts: '1.000001' }),
    },
    {
      title: 'a thread',
      method: 'conversations.replies',
      args: (world) => ({ ...inIncident(world), ts: id(world, 'first') }),
      facts: (answer) => [texts(answer), answer.has_more, pick(listOf(answer.messages)[0], 'reply_count')],
    },
    {
      title: 'the time of the last reply',
      method: 'conversations.replies',
      args: (world) => ({ ...inIncident(world), ts: id(world, 'first') }),
      facts: (answer, world) => listOf(answer.messages)[0]?.latest_reply === id(world, 'last reply'),
    },
    {
      title: 'one message of a thread at a time',
      method: 'conversations.replies',
      args: (world) => ({ ...inIncident(world), ts: id(world, 'first'), limit: 1 }),
      facts: (answer) => [listOf(answer.messages).length, answer.has_more],
    },
    {
      title: 'a thread of an unknown message',
      method: 'conversations.replies',
      args: (world) => ({ ...inIncident(world), ts: '1.000001' }),
    },
    {
      title: 'a thread of an unknown channel',
      method: 'conversations.replies',
      args: () => ({ channel: 'C0NONE', ts: '1.000001' }),
    },
    {
      title: 'the newest messages',
      method: 'conversations.history',
      args: inIncident,
      facts: (answer, world) => {
        const times = listOf(answer.messages).map((one) => one.ts)
        return times.indexOf(id(world, 'second')) < times.indexOf(id(world, 'first'))
      },
    },
    {
      title: 'one message at a time',
      method: 'conversations.history',
      args: (world) => ({ ...inIncident(world), limit: 1 }),
      facts: (answer) => [listOf(answer.messages).length, answer.has_more, cursorOf(answer) !== ''],
      learn: (answer, { known }) => known.set('older', cursorOf(answer)),
    },
    {
      title: 'the next message by the cursor',
      method: 'conversations.history',
      args: (world) => ({ ...inIncident(world), limit: 1, cursor: id(world, 'older') }),
      facts: (answer) => texts(answer).length,
    },
    {
      title: 'messages since one',
      method: 'conversations.history',
      args: (world) => ({ ...inIncident(world), oldest: id(world, 'first') }),
      facts: (answer) => texts(answer).includes('first, edited'),
    },
    {
      title: 'messages since one, with it',
      method: 'conversations.history',
      args: (world) => ({ ...inIncident(world), oldest: id(world, 'first'), inclusive: true }),
      facts: (answer) => texts(answer).includes('first, edited'),
    },
    {
      title: 'messages with all metadata',
      method: 'conversations.history',
      args: (world) => ({ ...inIncident(world), include_all_metadata: true }),
      facts: (answer) => listOf(answer.messages).find((one) => one.metadata)?.metadata,
    },
    { title: 'messages of an unknown channel', method: 'conversations.history', args: () => ({ channel: 'C0NONE' }) },
    {
      title: 'messages of a channel without the bot',
      method: 'conversations.history',
      args: (world) => ({ channel: id(world, 'other') }),
    },
  ]
}
