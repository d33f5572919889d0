import { createElement } from 'react'
import { expect, test } from 'vitest'
import { currentQuestion } from '../../../../sandbox/page/forms/ask-confirmation.ts'
import { askConfirmation, ConfirmDialog, HomeTab, ModalDialog } from '../../../../sandbox/page/forms/index.tsx'
import { makePage, readText, render } from '../support/render.ts'

const plain = (text: string) => ({ type: 'plain_text', text })
const view = {
  ...{ id: 'V1', hash: 'h', title: plain('Reject'), submit: plain('Reject'), close: plain('Back') },
  blocks: [
    {
      ...{ type: 'input', block_id: 'reason', label: plain('Why do you reject it?') },
      element: { type: 'plain_text_input', action_id: 'text', multiline: true, max_length: 500 },
    },
  ],
}

test('without a modal there is no dialog', () => {
  expect(render(createElement(ModalDialog))).toBe('')
})

test('a modal has its title, its inputs by their labels, and its buttons', () => {
  const html = render(createElement(ModalDialog), makePage({ modal: view }))
  expect(readText(html)).toMatch(/Reject[\s\S]*Why do you reject it\?[\s\S]*Back[\s\S]*Reject/)
  const id = /<textarea[^>]* id="([^"]+)"/.exec(html)?.[1]
  expect(html).toContain(`for="${id}"`)
  expect(html).toContain('maxLength="500"')
})

test('what the app says of an input stands under it, and the input knows', () => {
  const html = render(
    createElement(ModalDialog),
    makePage({ modal: { ...view, errors: { reason: 'Give a reason.' } } }),
  )
  expect(html).toMatch(
    /<textarea[^>]*aria-describedby="([^"]+)"[^>]*aria-invalid="true"[\s\S]*id="\1" role="alert">Give a reason\./,
  )
})

test('a modal without a submit only closes', () => {
  const { submit: _, ...shown } = { ...view, blocks: [{ type: 'section', text: plain('Looking …') }] }
  expect(render(createElement(ModalDialog), makePage({ modal: shown }))).not.toContain('type="submit"')
})

test('questions are asked one after the other, each with its own words', async () => {
  const [first, second] = ['Stop?', 'Undo?'].map((title) =>
    askConfirmation({ title: plain(title), text: plain('Sure?'), confirm: plain('Yes, do'), deny: plain('Back') }),
  )
  expect(readText(render(createElement(ConfirmDialog)))).toMatch(/Stop\?[\s\S]*Sure\?[\s\S]*Back[\s\S]*Yes, do/)
  currentQuestion()?.answer(true)
  expect(readText(render(createElement(ConfirmDialog)))).toContain('Undo?')
  currentQuestion()?.answer(false)
  expect(await Promise.all([first, second])).toEqual([true, false])
  expect(render(createElement(ConfirmDialog))).toBe('')
})

test('a Home tab that is not there says why', () => {
  expect(readText(render(createElement(HomeTab)))).toContain('salvor keeps no Home tab')
  const home = { id: 'V2', hash: 'h', blocks: [{ type: 'section', text: plain('Welcome home') }] }
  expect(readText(render(createElement(HomeTab), makePage({ home })))).toContain('Welcome home')
})
