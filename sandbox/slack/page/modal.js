import { renderBlocks, renderText } from './blocks.js'
import { find, make } from './dom.js'
import { names } from './text.js'

let shown = ''

/** Shows the modal on top, or none. Inputs keep what was typed when only the errors change. */
export function showModal(view, actions) {
  const dialog = find('modal')
  if (!view) {
    shown = ''
    if (dialog.open) dialog.close()
    return
  }
  const edition = `${view.id} ${view.hash} ${JSON.stringify(view.errors)}`
  if (edition === shown) return
  const typed = shown.startsWith(view.id) ? readValues(dialog) : {}
  shown = edition
  dialog.replaceChildren(renderForm(view, actions, typed))
  if (!dialog.open) dialog.showModal()
}

/** Asks a button's own confirmation question; resolves with the answer. */
export function askConfirmation(confirm) {
  const dialog = find('confirm')
  return new Promise((resolve) => {
    const answer = (yes) => () => {
      dialog.close()
      resolve(yes)
    }
    const no = make(
      'button',
      { type: 'button', class: 'button', onclick: answer(false) },
      confirm.deny?.text ?? 'Cancel',
    )
    const yes = make(
      'button',
      { type: 'button', class: `button ${confirm.style ?? 'primary'}`, onclick: answer(true) },
      confirm.confirm?.text ?? 'Yes',
    )
    dialog.replaceChildren(
      make('h3', {}, confirm.title?.text ?? 'Are you sure?'),
      make('p', {}, renderText(confirm.text)),
      make('div', { class: 'buttons' }, no, yes),
    )
    dialog.addEventListener('cancel', () => resolve(false), { once: true })
    dialog.showModal()
  })
}

function renderForm(view, actions, typed) {
  const parts = view.blocks.map((block) => {
    if (block.type !== 'input')
      return renderBlocks([block], (element, owner, option) => actions.press(view.id, element, owner, option))
    const error = view.errors[block.block_id]
    const label = make('span', {}, renderText(block.label), block.optional ? make('small', {}, ' (optional)') : '')
    const hint = block.hint ? make('small', {}, renderText(block.hint)) : ''
    return make(
      'label',
      { class: 'field' },
      label,
      renderInput(block, typed[block.block_id]),
      hint,
      error ? make('strong', { class: 'error', role: 'alert' }, error) : '',
    )
  })
  const close = make(
    'button',
    { type: 'button', class: 'button', onclick: actions.close },
    view.close?.text ?? 'Cancel',
  )
  const submit = view.submit ? make('button', { type: 'submit', class: 'button primary' }, view.submit.text) : ''
  const send = (event) => {
    event.preventDefault()
    actions.submit(readValues(event.target))
  }
  return make(
    'form',
    { onsubmit: send },
    make('h3', {}, view.title.text),
    parts,
    make('p', { id: 'modal-notice', class: 'error', role: 'alert' }),
    make('div', { class: 'buttons' }, close, submit),
  )
}

function readValues(form) {
  const fields = [...form.querySelectorAll('[data-block]')]
  return Object.fromEntries(fields.filter((one) => one.value !== '').map((one) => [one.dataset.block, readField(one)]))
}

function readField(field) {
  return field.multiple ? [...field.selectedOptions].map((one) => one.value).join(',') : field.value
}

function renderInput(block, typed) {
  const { element } = block
  const shared = {
    data: { block: block.block_id },
    required: !block.optional,
    placeholder: element.placeholder?.text,
    autofocus: element.focus_on_load,
  }
  const options = optionsOf(element)
  if (options) {
    const chosen = typed ?? element.initial_option?.value ?? ''
    const many = element.type.startsWith('multi_') || element.type === 'checkboxes'
    const items = options.map(([value, text]) => make('option', { value, selected: value === chosen }, text))
    return make(
      'select',
      { ...shared, multiple: many },
      many ? '' : make('option', { value: '' }, element.placeholder?.text ?? 'Choose'),
      items,
    )
  }
  const initial = typed ?? element.initial_value ?? element.initial_date ?? element.initial_time ?? ''
  if (element.type === 'plain_text_input' && element.multiline)
    return make('textarea', { ...shared, rows: '4', maxlength: element.max_length }, initial)
  const types = {
    datepicker: 'date',
    timepicker: 'time',
    number_input: 'number',
    email_text_input: 'email',
    url_text_input: 'url',
  }
  return make('input', {
    ...shared,
    type: types[element.type] ?? 'text',
    value: initial,
    minlength: element.min_length,
    maxlength: element.max_length,
  })
}

function optionsOf(element) {
  const listed = element.options ?? element.option_groups?.flatMap((group) => group.options)
  if (listed) return listed.map((one) => [one.value ?? one.text.text, one.text.text])
  if (/users_select$/.test(element.type)) return [...names.users]
  if (/(channels|conversations)_select$/.test(element.type)) return [...names.channels]
  return undefined
}
