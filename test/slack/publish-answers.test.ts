import { expect, test } from 'vitest'
import { buildLineCard } from '../../src/domain/cards/line-card.ts'
import { silentLog } from '../../src/ports/log.ts'
import type { MessageStore, PostedMessage } from '../../src/ports/messages.ts'
import type { ThreadAnswer } from '../../src/ports/outbox.ts'
import { type NewPost, NotNow } from '../../src/slack/post.ts'
import { createAnswerPublisher } from '../../src/slack/publish-answers.ts'

const answer = (request: string, incident = 7): ThreadAnswer => ({
  ...{ request, incident, afterNo: 3, card: buildLineCard(request) },
  file: { name: 'incident-7.md', text: '# Report' },
})

/** Incident 7 has a thread, incident 8 has none. */
function makeOutbox(due: ThreadAnswer[], fails: () => boolean = () => false) {
  const posts: string[] = []
  const files: string[] = []
  const told: string[] = []
  const root = { state: 'posted', channel: 'C0INC', ts: '100.1' } as PostedMessage
  const publish = createAnswerPublisher({
    outbox: {
      put: async () => {},
      listDue: async () => due.filter(({ request }) => !told.includes(request)),
      markTold: async (request) => void told.push(request),
    },
    messages: { find: async (key) => (key === 'root:7' ? root : undefined) } as MessageStore,
    poster: {
      async post({ key, thread }: NewPost) {
        if (fails()) throw new NotNow('away', 500)
        posts.push(`${key} in ${thread}`)
        return root
      },
    },
    shareFile: async ({ key, thread }) => void files.push(`${key} in ${thread}`),
    log: silentLog,
  })
  return { publish, posts, files, told }
}

test('an answer from a terminal goes into the thread with its file, in order and once', async () => {
  const { publish, posts, files } = makeOutbox([answer('a'), answer('b')])
  await publish()
  await publish()
  expect(posts).toEqual(['answer:a in 100.1', 'answer:b in 100.1'])
  expect(files).toEqual(['answer:a:file in 100.1', 'answer:b:file in 100.1'])
})

test('while Slack is away it waits, and all behind it', async () => {
  let away = true
  const { publish, posts, told } = makeOutbox([answer('a'), answer('b')], () => away)
  await expect(publish()).rejects.toBeInstanceOf(NotNow)
  expect([posts, told]).toEqual([[], []])
  away = false
  await publish()
  expect(told).toEqual(['a', 'b'])
})

test('one of an incident without a thread holds up nobody', async () => {
  const { publish, posts, told } = makeOutbox([answer('a', 8), answer('b')])
  await publish()
  expect(posts).toEqual(['answer:b in 100.1'])
  expect(told).toEqual(['a', 'b'])
})
