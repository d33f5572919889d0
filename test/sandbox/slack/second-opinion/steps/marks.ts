import type { Answer, Step } from '../compare.ts'
import type { World } from '../worlds.ts'
import { id, inIncident, listOf, pick } from './read-answer.ts'

/** Reactions, pins, bookmarks and direct messages. */
export function listMarkSteps(): Step[] {
  return [...listMarks(), ...listDirectMessages()]
}

function listMarks(): Step[] {
  const first = (world: World) => ({ ...inIncident(world), timestamp: id(world, 'first') })
  const unknown = (world: World) => ({ ...inIncident(world), timestamp: '1.000001' })
  const eyes = (world: World) => ({ ...first(world), name: 'eyes' })
  const marks = (answer: Answer) =>
    listOf((answer.message as Answer).reactions).map((one) => [one.name, one.count, one.users])
  return [
    { title: 'a reaction', method: 'reactions.add', args: eyes },
    { title: 'the same reaction again', method: 'reactions.add', args: eyes },
    {
      title: 'a reaction to an unknown message',
      method: 'reactions.add',
      args: (world) => ({ ...unknown(world), name: 'eyes' }),
    },
    { title: 'a reaction without a name', method: 'reactions.add', args: first },
    { title: 'the reactions of a message', method: 'reactions.get', args: first, facts: marks },
    { title: 'a reaction taken back', method: 'reactions.remove', args: eyes },
    { title: 'a reaction taken back twice', method: 'reactions.remove', args: eyes },
    { title: 'no reactions', method: 'reactions.get', args: first, facts: marks },
    { title: 'a pin', method: 'pins.add', args: first },
    { title: 'the same pin again', method: 'pins.add', args: first },
    { title: 'a pin on an unknown message', method: 'pins.add', args: unknown },
    {
      title: 'a bookmark',
      method: 'bookmarks.add',
      args: (world) => ({
        channel_id: id(world, 'incident'),
        title: 'Plan',
        type: 'link',
        link: 'https://example.com/',
      }),
      facts: ({ bookmark }) => pick(bookmark, 'title', 'link', 'type'),
    },
    {
      title: 'a bookmark of another type',
      method: 'bookmarks.add',
      args: (world) => ({
        channel_id: id(world, 'incident'),
        title: 'Plan',
        type: 'song',
        link: 'https://example.com/',
      }),
    },
    {
      title: 'a bookmark that is no address',
      method: 'bookmarks.add',
      args: (world) => ({ channel_id: id(world, 'incident'), title: 'Plan', type: 'link', link: 'here' }),
    },
  ]
}

function listDirectMessages(): Step[] {
  return [
    {
      title: 'a direct message is opened',
      method: 'conversations.open',
      args: (world) => ({ users: id(world, 'alice') }),
      facts: ({ channel }) => /^D/.test(String((channel as Answer).id)),
      learn: ({ channel }, { known }) => known.set('direct', String((channel as Answer).id)),
    },
    {
      title: 'a direct message is opened again',
      method: 'conversations.open',
      args: (world) => ({ users: id(world, 'alice') }),
      facts: ({ channel }, world) => (channel as Answer).id === id(world, 'direct'),
    },
    { title: 'a direct message with nobody', method: 'conversations.open', args: () => ({ users: 'U0NOBODY' }) },
    { title: 'a direct message without a name', method: 'conversations.open' },
    {
      title: 'a message to a person',
      method: 'chat.postMessage',
      args: (world) => ({ channel: id(world, 'alice'), text: 'hello' }),
      facts: (answer, world) => answer.channel === id(world, 'direct'),
    },
    {
      title: 'a direct message as a channel',
      method: 'conversations.info',
      args: (world) => ({ channel: id(world, 'direct') }),
      facts: ({ channel }, world) => [pick(channel, 'is_im'), (channel as Answer).user === id(world, 'alice')],
    },
  ]
}
