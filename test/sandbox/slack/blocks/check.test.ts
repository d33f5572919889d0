import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkBlocks, describeProblems } from '../../../../sandbox/slack/blocks/check.ts'
import { checkView } from '../../../../sandbox/slack/blocks/check-view.ts'

const plain = (text: string) => ({ type: 'plain_text', text })
const mrkdwn = (text: string) => ({ type: 'mrkdwn', text })
const of = (length: number) => 'x'.repeat(length)
const many = <T>(count: number, make: (index: number) => T) => Array.from({ length: count }, (_, index) => make(index))
const button = (more: Record<string, unknown> = {}) => ({ type: 'button', text: plain('Stop'), ...more })
const section = (text: unknown) => ({ type: 'section', text })
const actions = (elements: unknown[]) => ({ type: 'actions', elements })
const input = (more: Record<string, unknown> = {}) => ({
  type: 'input',
  label: plain('Reason'),
  element: { type: 'plain_text_input', action_id: 'words' },
  ...more,
})
const option = (index: number) => ({ text: plain(`option ${index}`), value: String(index) })
const select = (count: number) => ({ type: 'static_select', options: many(count, option) })
const raw = (text: string) => ({ type: 'raw_text', text })
const task = (more: Record<string, unknown> = {}) => ({
  type: 'task_card',
  task_id: '1',
  title: 'load',
  status: 'in_progress',
  ...more,
})
const rich = (elements: unknown[]) => ({ type: 'rich_text', elements })
const image = { image_url: 'https://example.com/a.png' }
const container = (more: Record<string, unknown>) => ({
  type: 'container',
  title: plain('Log'),
  child_blocks: [{ type: 'divider' }],
  ...more,
})

function refusals(blocks: unknown): string[] {
  return describeProblems(checkBlocks(blocks, 'message')).errors
}

test.each<[string, unknown, unknown]>([
  ['section text of 3,000', section(mrkdwn(of(3000))), section(mrkdwn(of(3001)))],
  [
    'section fields of 2,000',
    { type: 'section', fields: [plain(of(2000))] },
    { type: 'section', fields: [plain(of(2001))] },
  ],
  [
    'ten fields',
    { type: 'section', fields: many(10, () => plain('x')) },
    { type: 'section', fields: many(11, () => plain('x')) },
  ],
  ['header of 150', { type: 'header', text: plain(of(150)) }, { type: 'header', text: plain(of(151)) }],
  ['header in plain text', { type: 'header', text: plain('x') }, { type: 'header', text: mrkdwn('x') }],
  [
    'ten context elements',
    { type: 'context', elements: many(10, () => mrkdwn('x')) },
    { type: 'context', elements: many(11, () => mrkdwn('x')) },
  ],
  ['25 actions', actions(many(25, () => button())), actions(many(26, () => button()))],
  ['button text of 75', actions([button({ text: plain(of(75)) })]), actions([button({ text: plain(of(76)) })])],
  ['button value of 2,000', actions([button({ value: of(2000) })]), actions([button({ value: of(2001) })])],
  ['known button styles', actions([button({ style: 'danger' })]), actions([button({ style: 'red' })])],
  ['action_id of 255', actions([button({ action_id: of(255) })]), actions([button({ action_id: of(256) })])],
  ['block_id of 255', { type: 'divider', block_id: of(255) }, { type: 'divider', block_id: of(256) }],
  [
    'confirm title of 100',
    actions([button({ confirm: { title: plain(of(100)), text: plain('x') } })]),
    actions([button({ confirm: { title: plain(of(101)), text: plain('x') } })]),
  ],
  [
    'confirm text of 300',
    actions([button({ confirm: { text: plain(of(300)) } })]),
    actions([button({ confirm: { text: plain(of(301)) } })]),
  ],
  [
    'confirm buttons of 30',
    actions([button({ confirm: { text: plain('x'), deny: plain(of(30)) } })]),
    actions([button({ confirm: { text: plain('x'), deny: plain(of(31)) } })]),
  ],
  ['100 options', actions([select(100)]), actions([select(101)])],
  [
    'five overflow options',
    actions([{ type: 'overflow', options: many(5, option) }]),
    actions([{ type: 'overflow', options: many(6, option) }]),
  ],
  ['input label of 2,000', input({ label: plain(of(2000)) }), input({ label: plain(of(2001)) })],
  ['input hint of 2,000', input({ hint: plain(of(2000)) }), input({ hint: plain(of(2001)) })],
  ['markdown of 12,000', { type: 'markdown', text: of(12_000) }, { type: 'markdown', text: of(12_001) }],
  ['alert of 200', { type: 'alert', text: plain(of(200)) }, { type: 'alert', text: plain(of(201)) }],
  [
    'alert levels',
    { type: 'alert', text: plain('x'), level: 'error' },
    { type: 'alert', text: plain('x'), level: 'danger' },
  ],
  [
    'image alt text of 2,000',
    { type: 'image', alt_text: of(2000), ...image },
    { type: 'image', alt_text: of(2001), ...image },
  ],
  ['an image source', { type: 'image', alt_text: 'x', ...image }, { type: 'image', alt_text: 'x' }],
  [
    '100 table rows',
    { type: 'table', rows: many(100, () => [raw('x')]) },
    { type: 'table', rows: many(101, () => [raw('x')]) },
  ],
  [
    '20 table columns',
    { type: 'table', rows: [many(20, () => raw('x'))] },
    { type: 'table', rows: [many(21, () => raw('x'))] },
  ],
  [
    'table rows of one width',
    { type: 'table', rows: [[raw('x')], [raw('y')]] },
    { type: 'table', rows: [[raw('x')], [raw('y'), raw('z')]] },
  ],
  [
    '10,000 table characters',
    { type: 'table', rows: many(5, () => [raw(of(2000))]) },
    { type: 'table', rows: [...many(5, () => [raw(of(2000))]), [raw('x')]] },
  ],
  ['task status complete', task({ status: 'complete' }), task({ status: 'completed' })],
  [
    'a plan of tasks',
    { type: 'plan', title: 'restore-1', tasks: [task()] },
    { type: 'plan', title: 'restore-1', tasks: [{ title: 'x' }] },
  ],
  [
    'ten container children',
    container({ child_blocks: many(10, () => ({ type: 'divider' })) }),
    container({ child_blocks: many(11, () => ({ type: 'divider' })) }),
  ],
  ['no markdown in a container', container({}), container({ child_blocks: [{ type: 'markdown', text: 'x' }] })],
  [
    'rich text of known runs',
    rich([{ type: 'rich_text_section', elements: [{ type: 'text', text: 'x' }] }]),
    rich([{ type: 'rich_text_section', elements: [{ type: 'word', text: 'x' }] }]),
  ],
  [
    'preformatted text without emoji',
    rich([{ type: 'rich_text_preformatted', elements: [{ type: 'text', text: 'x' }] }]),
    rich([{ type: 'rich_text_preformatted', elements: [{ type: 'emoji', name: 'x' }] }]),
  ],
  ['a section with text or fields', section(plain('x')), { type: 'section' }],
  ['texts that are not empty', section(plain('x')), section(plain(''))],
  ['known fields', section(plain('x')), { ...section(plain('x')), colour: 'red' }],
])('%s: the limit passes, one more is refused', (_, good, bad) => {
  expect(refusals([good])).toEqual([])
  expect(refusals([bad])).not.toEqual([])
})

test('50 blocks pass in a message, 100 in a view', () => {
  const dividers = (count: number) => many(count, () => ({ type: 'divider' }))
  expect(refusals(dividers(50))).toEqual([])
  expect(refusals(dividers(51))).toEqual(['no more than 50 items allowed [json-pointer:/blocks]'])
  expect(checkBlocks(dividers(100), 'view')).toEqual([])
  expect(checkBlocks(dividers(101), 'view')).toHaveLength(1)
})

test('a refusal is worded as Slack words it', () => {
  expect(describeProblems(checkBlocks([section(mrkdwn(of(3001)))], 'message'))).toEqual({
    errors: ['must be less than 3001 characters [json-pointer:/blocks/0/text/text]'],
    response_metadata: { messages: ['[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]'] },
  })
})

test('unknown types, repeated ids and mixtures are refused', () => {
  expect(refusals([{ type: 'banner' }])).toEqual(['unsupported type: banner [json-pointer:/blocks/0/type]'])
  const same = actions([button({ action_id: 'a' }), button({ action_id: 'a' })])
  expect(refusals([same])[0]).toContain('`action_id` a already exists')
  expect(
    refusals([
      { type: 'divider', block_id: 'a' },
      { type: 'divider', block_id: 'a' },
    ]),
  ).toHaveLength(1)
  expect(refusals([{ type: 'plan', title: 'x', tasks: [] }, task()])).toHaveLength(1)
  const table = { type: 'table', rows: [[raw('x')]] }
  expect(refusals([table, table])).toHaveLength(1)
  const markdown = { type: 'markdown', text: of(7000) }
  expect(refusals([markdown, markdown])).toHaveLength(1)
})

test.each([
  ['title', { title: plain(of(25)) }],
  ['submit', { submit: plain(of(25)) }],
  ['close', { close: plain(of(25)) }],
  ['private metadata', { private_metadata: of(3001) }],
  ['callback id', { callback_id: of(256) }],
])('a modal with too long a %s is refused', (_, more) => {
  const good = { type: 'modal', title: plain('Why?'), submit: plain('Send'), blocks: [input()] }
  expect(checkView(good, 'modal')).toEqual([])
  expect(checkView({ ...good, ...more }, 'modal')).not.toEqual([])
})

test('no JSON whatever makes the check throw', () => {
  fc.assert(fc.property(fc.jsonValue(), (value) => Array.isArray(checkBlocks(value, 'message'))))
  const kinds = fc.constantFrom('section', 'actions', 'table', 'plan', 'rich_text', 'container', 'input', '__proto__')
  const block = fc.tuple(
    kinds,
    fc.dictionary(fc.constantFrom('text', 'elements', 'rows', 'tasks', 'child_blocks'), fc.jsonValue()),
  )
  fc.assert(
    fc.property(fc.array(block), (blocks) => {
      const checked = checkBlocks(
        blocks.map(([type, more]) => ({ type, ...more })),
        'message',
      )
      return Array.isArray(checked)
    }),
  )
})
