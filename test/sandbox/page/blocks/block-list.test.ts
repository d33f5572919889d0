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
