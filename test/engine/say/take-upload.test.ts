import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { readFileWord } from '../../../src/domain/loose-remedy.ts'
import { runWords } from '../../../src/engine/say/run-words.ts'
import type { SharedFile, Upload } from '../../../src/ports/shared-files.ts'
import type { Tools } from '../../../src/ports/tools.ts'
import { createRedactor } from '../../../src/tools/redact.ts'
import { createRemedyTools } from '../../../src/tools/remedies/index.ts'
import { startTalk } from '../../support/fakes/say.ts'

interface Shared {
  readonly name: string
  readonly by?: string
  readonly content?: string | Uint8Array
  /** It came with the message itself. */
  readonly own?: boolean
  /** What Slack says of its length, where that is another. */
  readonly size?: number
}

const redact = createRedactor([], { rowData: 'shown' })
const tools = { remedies: createRemedyTools({ run: undefined as never, redact }) } as Partial<Tools> as Tools
const sql = "UPDATE orders SET phone = '+4915112345678' WHERE id = 1;\n"
const hash = (text: string) => createHash('sha256').update(text).digest('hex')

/** What alice's words come to where these files are shared in the incident's channel. */
async function say(words: string, shared: readonly Shared[]) {
  const kept: Upload[] = []
  const downloads: string[] = []
  const all = shared.map((one, index): SharedFile & { content: Uint8Array } => {
    const content = Buffer.from(one.content ?? sql)
    const by = { id: one.by ?? 'alice', slack: null, os: null }
    return {
      id: `F0FILE${index}`,
      name: one.name,
      size: one.size ?? content.length,
      by,
      own: one.own ?? false,
      content,
    }
  })
  const files = {
    listOwn: async () => all.filter(({ own }) => own),
    listIn: async (channel: string) => (channel === 'C0INC' ? all.filter(({ own }) => !own) : []),
    findIn: async (_channel: string, id: string) => all.find((one) => one.id === id),
    async read({ id }: SharedFile) {
      downloads.push(id)
      return all.find((one) => one.id === id)?.content ?? new Uint8Array()
    },
  }
  const keep = async (upload: Upload) => void kept.push(upload)
  const talk = startTalk({ tools, deps: { uploads: { files, keep } } })
  const said = {
    ...{ requestId: 'r1', person: { id: 'alice', slack: null, os: null }, via: 'mention' as const },
    ...{ channel: 'C0INC', thread: '1.0', at: '2026-02-28T18:05:00.000Z', message: { ts: '2.0', files: [] } },
  }
  const answer = await runWords(talk.deps, said, words)
  const request = talk.engine.calls.find(({ move }) => move === 'requestJob')?.args[1] as { params: object } | undefined
  const refused = answer.kind === 'private' ? (answer.refused ?? null) : null
  return { refused, kept, downloads, params: request?.params, card: JSON.stringify(answer) }
}

const named = { system: 'orders-db', remedy: `upload:hotfix.sql@${hash(sql)}` }

test.each([
  ['of the channel by its name', 'fix orders-db --file hotfix.sql', [{ name: 'hotfix.sql' }]],
  [
    'of the channel by its link',
    'fix orders-db --file https://x.slack.com/files/U0ALICE/F0FILE0/hotfix.sql',
    [{ name: 'hotfix.sql' }],
  ],
  [
    'of the message itself',
    'fix orders-db --file hotfix.sql',
    [
      { name: 'hotfix.sql', own: true },
      { name: 'hotfix.sql', content: 'SELECT 2' },
    ],
  ],
  [
    'of the message, not named',
    'fix orders-db',
    [
      { name: 'hotfix.sql', own: true },
      { name: 'picture.png', own: true },
    ],
  ],
  ['sent twice', 'fix orders-db --file hotfix.sql', [{ name: 'hotfix.sql' }, { name: 'hotfix.sql' }]],
  [
    "beside a stranger's of the same name",
    'fix orders-db --file hotfix.sql',
    [{ name: 'hotfix.sql', by: 'oscar', content: 'DELETE FROM orders' }, { name: 'hotfix.sql' }],
  ],
  [
    'of somebody else, shared by the asker in the message',
    'fix orders-db --file hotfix.sql',
    [{ name: 'hotfix.sql', by: 'oscar', own: true }],
  ],
  [
    'in UTF-16 with its mark',
    'fix orders-db --file hotfix.sql',
    [{ name: 'hotfix.sql', content: Buffer.from(`\ufeff${sql}`, 'utf16le') }],
  ],
] as [string, string, Shared[]][])(
  'a file %s is kept by its hash, and the job names that',
  async (_what, words, shared) => {
    const { refused, kept, params } = await say(words, shared)
    expect(refused).toBeNull()
    expect(params).toEqual({ ...named, sharedBy: 'alice' })
    expect(kept).toEqual([expect.objectContaining({ sha256: hash(sql), name: 'hotfix.sql', text: sql })])
  },
)

test('the job names who shared this one, whoever shared the same text before', async () => {
  const { params } = await say('fix orders-db --file hotfix.sql', [{ name: 'hotfix.sql', by: 'bob' }])
  expect(params).toEqual({ ...named, sharedBy: 'bob' })
})

test('its way back is taken in the same way', async () => {
  const back = 'UPDATE orders SET phone = NULL WHERE id = 1'
  const { params, kept } = await say('fix orders-db --file hotfix.sql --undo hotfix-undo.sql', [
    { name: 'hotfix.sql', own: true },
    { name: 'hotfix-undo.sql', own: true, content: back },
  ])
  const by = { sharedBy: 'alice', undoSharedBy: 'alice' }
  expect(params).toEqual({ ...named, remedy: `${named.remedy}+hotfix-undo.sql@${hash(back)}`, ...by })
  expect(kept).toHaveLength(2)
})

test.each([
  ['nothing of that name by link', 'upload_unknown', '--file F0NOWHERE', [], 0],
  ["nothing but a stranger's", 'upload_stranger', '--file hotfix.sql', [{ name: 'hotfix.sql', by: 'oscar' }], 0],
  ["a stranger's by link", 'upload_stranger', '--file F0FILE0', [{ name: 'hotfix.sql', by: 'oscar' }], 0],
  [
    'two different ones',
    'upload_several',
    '--file hotfix.sql',
    [{ name: 'hotfix.sql' }, { name: 'hotfix.sql', content: 'SELECT 2' }],
    2,
  ],
  [
    'two that came with the message',
    'upload_several',
    '',
    [
      { name: 'a.sql', own: true },
      { name: 'b.sql', own: true },
    ],
    0,
  ],
  ['a name with a space', 'upload_name', '', [{ name: 'hot fix.sql', own: true }], 0],
  ['5 MB', 'upload_big', '--file hotfix.sql', [{ name: 'hotfix.sql', size: 5 * 1024 * 1024 }], 0],
  [
    'another encoding',
    'upload_text',
    '--file hotfix.sql',
    [{ name: 'hotfix.sql', content: Buffer.from([0x53, 0xc0, 0xff]) }],
    1,
  ],
  ['a zero byte', 'upload_text', '--file hotfix.sql', [{ name: 'hotfix.sql', content: 'SELECT 1\0' }], 1],
  [
    'a password',
    'upload_secret',
    '--file hotfix.sql',
    [{ name: 'hotfix.sql', content: "UPDATE settings SET password = 'hunter2hunter2'" }],
    1,
  ],
  [
    'a password in a comment at its end',
    'upload_secret',
    '--file hotfix.sql',
    [{ name: 'hotfix.sql', content: 'SELECT 1;\n-- PGPASSWORD=hunter2hunter2\n' }],
    1,
  ],
  [
    'a COMMIT',
    'remedy_refused',
    '--file hotfix.sql',
    [{ name: 'hotfix.sql', content: 'DELETE FROM orders; COMMIT' }],
    1,
  ],
  [
    'no SQL',
    'remedy_refused',
    '--file hotfix.sql',
    [{ name: 'hotfix.sql', content: '<!doctype html><html></html>' }],
    1,
  ],
  [
    'a way back of which nothing is known',
    'upload_unknown',
    '--file hotfix.sql --undo gone.sql',
    [{ name: 'hotfix.sql' }],
    1,
  ],
] as [string, string, string, Shared[], number][])(
  '%s: refused, and nothing is asked for',
  async (_what, code, words, shared, downloads) => {
    const seen = await say(`fix orders-db ${words}`, shared)
    expect(seen.refused).toBe(code)
    expect(seen.params).toBeUndefined()
    expect(seen.downloads).toHaveLength(downloads)
    expect(seen.card).not.toContain('hunter2')
  },
)

test('a refused file is not kept', async () => {
  const { kept } = await say('fix orders-db --file hotfix.sql', [
    { name: 'hotfix.sql', content: 'DELETE FROM orders; COMMIT' },
  ])
  expect(kept).toEqual([])
})

test.each([
  ['the folder is named', '--file fixes/hotfix.sql', [{ name: 'hotfix.sql' }]],
  ['nobody shared such a file', '--file hotfix.sql', [{ name: 'other.sql' }]],
] as [string, string, Shared[]][])('the file beside the plan is meant where %s', async (_where, words, shared) => {
  const { params, downloads } = await say(`fix orders-db ${words}`, shared)
  expect(params).toEqual({ system: 'orders-db', remedy: 'file:hotfix.sql' })
  expect(downloads).toEqual([])
})

test.each([
  '../x.sql',
  '/etc/passwd',
  'fixes/../x.sql',
  'x.sh',
  'http://x.example/F0FILE0/x.sql',
  'F0',
  'x.sql@y.sql',
  `upload:x.sql@${'a'.repeat(64)}`,
])('«%s» is no file', (word) => {
  expect(readFileWord(word)).toBeUndefined()
})
