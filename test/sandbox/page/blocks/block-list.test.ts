import { createElement } from 'react'
import { expect, test } from 'vitest'
import { BlockList } from '../../../../sandbox/page/blocks/index.tsx'
import { readText, render } from '../support/render.ts'

const draw = (...blocks: { type: string; [field: string]: unknown }[]) =>
  render(createElement(BlockList, { blocks, source: '1.1' }))

test('a type that nobody knows is a box that says its name', () => {
  const html = draw({ type: 'hologram' })
  expect(html).toContain('class="unsupported"')
  expect(readText(html)).toContain('hologram')
})

test('what is named like something of every object is unsupported too', () => {
  expect(draw({ type: 'constructor' })).toContain('class="unsupported"')
})

test('verbatim mrkdwn is drawn with its marks', () => {
  const html = draw({ type: 'section', text: { type: 'mrkdwn', text: '*Lost*  12', verbatim: true } })
  expect(html).toContain('<b>Lost</b>')
})

test('rich text goes through the library, and cannot link to code', () => {
  const link = { type: 'link', url: 'javascript:alert(1)', text: 'press me' }
  const section = { type: 'rich_text_section', elements: [{ type: 'text', text: 'hello ' }, link] }
  const html = draw({ type: 'rich_text', elements: [section] })
  expect(readText(html)).toContain('hello press me')
  expect(html).not.toContain('javascript:')
})

test('rich text names people, channels, groups, emoji and times as the page knows them', () => {
  const elements = [
    { type: 'user', user_id: 'U0ALICE' },
    { type: 'channel', channel_id: 'C0INC' },
    { type: 'usergroup', usergroup_id: 'S0DBAS' },
    { type: 'broadcast', range: 'here' },
    { type: 'emoji', name: 'tada' },
    { type: 'date', timestamp: 1772334540, format: '{date_num}' },
  ]
  const html = draw({ type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] })
  expect(readText(html).trim()).toMatch(/^@alice#incident-orders@dbas@here🎉2026-0[23]-\d\d$/)
  expect(html).toContain('mention mine')
})

test('markdown makes no link to code, and runs no markup of its own', () => {
  const html = draw({ type: 'markdown', text: '[press](javascript:alert(1)) <img src=x onerror=alert(1)> **bold**' })
  expect(html).not.toMatch(/href="javascript|<img/)
  expect(html).toContain('<strong')
})

test('a link of a message opens a window of its own, and that window learns nothing of this one', () => {
  const html = draw({ type: 'section', text: { type: 'mrkdwn', text: '<https://example.com|there>' } })
  expect(html).toContain('<a href="https://example.com" target="_blank" rel="noopener noreferrer">there</a>')
})

test('rows of a data table are shown a page at a time, below headers that sort', () => {
  const cell = (text: string) => ({ type: 'raw_text', text })
  const rows = [[cell('day')], ...['one', 'two', 'three'].map((text) => [cell(text)])]
  const text = readText(draw({ type: 'data_table', caption: 'Days', page_size: 2, rows }))
  expect(text).toMatch(/Days[\s\S]*day[\s\S]*one[\s\S]*two[\s\S]*1 of 2/)
  expect(text).not.toContain('three')
})
