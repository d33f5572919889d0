import { createElement } from 'react'
import { describe, expect, it, test } from 'vitest'
import { BlockList } from '../../../../sandbox/page/blocks/index.tsx'
import { actionElements, contextActionElements } from '../../../../sandbox/slack/blocks/elements.ts'
import { makePage, readText, render } from '../support/render.ts'

const plain = (text: string) => ({ type: 'plain_text', text })
const options = ['alpha', 'beta'].map((value) => ({ text: plain(`The ${value}`), value }))
const drawBlock = (block: { type: string; elements: object[] }, page = makePage()) =>
  render(createElement(BlockList, { blocks: [block], source: '1.1' }), page)
const draw = (...elements: object[]) => drawBlock({ type: 'actions', elements })

/** A small example of each element; its own fields beside these are optional. */
const fields: Readonly<Record<string, object>> = {
  ...{ button: { text: plain('Go') }, workflow_button: { text: plain('Go'), workflow: {} } },
  ...{ icon_button: { icon: 'trash', text: plain('Delete') } },
  feedback_buttons: {
    positive_button: { text: plain('Good'), value: 'y' },
    negative_button: { text: plain('Bad'), value: 'n' },
  },
}

describe.each([...Object.keys(actionElements), ...Object.keys(contextActionElements)])('a %s', (type) => {
  it('is drawn, with a name that everybody can read', () => {
    const html = draw({ type, action_id: 'a', options, ...fields[type] })
    expect(html).not.toContain('unsupported')
    const controls = html.match(/<(button|select|input|textarea)[^>]*>/g) ?? []
    expect(controls).not.toEqual([])
    for (const control of controls.filter((one) => /^<(select|textarea)/.test(one)))
      expect(control).toMatch(/aria-label=/)
  })
})

test('styles of buttons are told by class', () => {
  const html = draw({ type: 'button', text: plain('Stop'), style: 'danger' })
  expect(html).toContain('class="press danger"')
})

test('what was chosen before is chosen', () => {
  const html = draw({ type: 'static_select', action_id: 'a', options, initial_option: options[1] })
  expect(html).toMatch(/<option[^>]*selected[^>]*>The beta/)
  expect(draw({ type: 'checkboxes', action_id: 'a', options, initial_options: options })).toMatch(/checked=""/)
})

test('people and channels are chosen by name, from what the page knows', () => {
  expect(readText(draw({ type: 'users_select', action_id: 'a' }))).toContain('Alice (DBA)')
  expect(readText(draw({ type: 'channels_select', action_id: 'a' }))).toContain('#incident-orders')
})

test('an icon button that is meant for others is not there', () => {
  const element = { type: 'icon_button', icon: 'trash', text: plain('Delete'), visible_to_user_ids: ['U0BOB'] }
  const block = { type: 'context_actions', elements: [element] }
  expect(drawBlock(block)).not.toContain('<button')
  expect(drawBlock(block, makePage({ person: 'U0BOB' }))).toContain('<button')
})
