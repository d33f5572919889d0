import { make } from './dom.js'
import { names, renderMarkdown, renderMention, renderMrkdwn, renderPlain, showEmoji } from './text.js'

/** Blocks as elements. `press(element, block, option)` is called when a person uses one. */
export function renderBlocks(blocks, press) {
  return blocks.map((block) => renderBlock(block, press))
}

/** A text object, plain or mrkdwn. */
export function renderText(text) {
  if (typeof text === 'string') return renderPlain(text)
  return text?.type === 'mrkdwn' ? renderMrkdwn(text.text) : renderPlain(text?.text)
}

const marks = { pending: '○', in_progress: '●', complete: '✔', error: '✖' }

const renderers = {
  divider: () => make('hr'),
  header: (block) => make('h3', { class: 'header' }, renderText(block.text)),
  section: renderSection,
  context: (block, press) =>
    make(
      'div',
      { class: 'context' },
      block.elements.map((one) => make('span', {}, renderElement(one, block, press))),
    ),
  actions: (block, press) =>
    make(
      'div',
      { class: 'actions' },
      block.elements.map((one) => renderElement(one, block, press)),
    ),
  context_actions: (block, press) =>
    make(
      'div',
      { class: 'actions' },
      block.elements.map((one) => renderElement(one, block, press)),
    ),
  markdown: (block) => make('div', { class: 'markdown' }, renderMarkdown(block.text)),
  alert: (block) => make('div', { class: `alert ${block.level ?? 'default'}` }, renderText(block.text)),
  rich_text: (block) => make('div', { class: 'rich' }, block.elements.map(renderRich)),
  table: renderTable,
  data_table: renderTable,
  plan: (block) => make('div', { class: 'plan' }, make('b', {}, block.title), (block.tasks ?? []).map(renderTask)),
  task_card: renderTask,
  image: (block) =>
    make('figure', {}, make('figcaption', {}, block.title ? renderText(block.title) : '', ` 🖼 ${block.alt_text}`)),
  container: (block, press) =>
    make(
      'details',
      { class: 'container', open: !block.default_collapsed },
      make('summary', {}, block.title ? renderText(block.title) : renderRichText(block.rich_text_title)),
      renderBlocks(block.child_blocks, press),
    ),
  card: renderCard,
  carousel: (block, press) =>
    make(
      'div',
      { class: 'carousel' },
      block.elements.map((one) => renderCard(one, press)),
    ),
}

function renderBlock(block, press) {
  const render = renderers[block.type]
  return make('div', { class: 'block' }, render ? render(block, press) : `(${block.type})`)
}

function renderSection(block, press) {
  const fields = block.fields
    ? make(
        'div',
        { class: 'fields' },
        block.fields.map((one) => make('div', {}, renderText(one))),
      )
    : ''
  const words = make('div', { class: 'words' }, block.text ? make('div', {}, renderText(block.text)) : '', fields)
  return make('div', { class: 'section' }, words, block.accessory ? renderElement(block.accessory, block, press) : '')
}

function renderElement(element, block, press) {
  if (element.type === 'mrkdwn' || element.type === 'plain_text') return renderText(element)
  if (element.type === 'image') return make('span', { class: 'alt' }, `🖼 ${element.alt_text}`)
  if (element.type === 'button' || element.type === 'icon_button')
    return make(
      'button',
      {
        type: 'button',
        class: `button ${element.style ?? ''}`,
        'aria-label': element.accessibility_label,
        onclick: () => press(element, block),
      },
      renderText(element.text),
    )
  const options = element.options ?? (element.option_groups ?? []).flatMap((group) => group.options)
  if (options.length === 0) return make('span', { class: 'alt' }, `(${element.type})`)
  const choose = (event) => press(element, block, options[Number(event.target.value)])
  const first = make(
    'option',
    { value: '' },
    element.placeholder?.text ?? (element.type === 'overflow' ? '…' : 'Choose'),
  )
  return make(
    'select',
    { onchange: choose, 'aria-label': element.placeholder?.text ?? 'Choose' },
    first,
    options.map((one, index) => make('option', { value: String(index) }, one.text.text)),
  )
}

function renderTask(task) {
  const line = make('div', {}, make('span', { class: 'mark' }, marks[task.status] ?? '?'), ` ${task.title}`)
  const more = [task.details, task.output]
    .filter(Boolean)
    .map((one) => make('div', { class: 'more' }, renderRichText(one)))
  return make('div', { class: `task ${task.status}` }, line, more)
}

function renderTable(block) {
  const rows = block.rows.map((row, index) =>
    make(
      'tr',
      {},
      row.map((cell, column) =>
        make(
          index === 0 ? 'th' : 'td',
          { class: block.column_settings?.[column]?.align },
          cell.type === 'rich_text' ? renderRichText(cell) : cell.text,
        ),
      ),
    ),
  )
  return make(
    'div',
    { class: 'wide' },
    make('table', {}, block.caption ? make('caption', {}, block.caption) : '', rows),
  )
}

function renderCard(card, press) {
  const texts = [
    make('b', {}, card.title ? renderText(card.title) : ''),
    card.subtitle && renderText(card.subtitle),
    card.body && renderText(card.body),
  ]
  const lines = texts.filter(Boolean).map((one) => make('div', {}, one))
  return make(
    'div',
    { class: 'card' },
    lines,
    make(
      'div',
      { class: 'actions' },
      (card.actions ?? []).map((one) => renderElement(one, card, press)),
    ),
  )
}

function renderRichText(block) {
  return (block?.elements ?? []).map(renderRich)
}

function renderRich(part) {
  if (part.type === 'rich_text_preformatted') return make('pre', {}, part.elements.map(renderRun))
  if (part.type === 'rich_text_quote') return make('blockquote', {}, part.elements.map(renderRun))
  if (part.type === 'rich_text_list')
    return make(
      part.style === 'ordered' ? 'ol' : 'ul',
      {},
      part.elements.map((one) => make('li', {}, one.elements.map(renderRun))),
    )
  return make('div', {}, part.elements.map(renderRun))
}

function renderRun(run) {
  const { style = {} } = run
  let node = renderPlain(run.text ?? '')
  if (run.type === 'user') node = renderMention(run.user_id)
  else if (run.type === 'usergroup')
    node = make('span', { class: 'mention' }, `@${names.groups.get(run.usergroup_id) ?? run.usergroup_id}`)
  else if (run.type === 'channel')
    node = make('span', { class: 'mention' }, `#${names.channels.get(run.channel_id) ?? run.channel_id}`)
  else if (run.type === 'broadcast') node = make('span', { class: 'mention' }, `@${run.range}`)
  else if (run.type === 'emoji') node = showEmoji(run.name)
  else if (run.type === 'date') node = run.fallback ?? new Date(run.timestamp * 1000).toLocaleString()
  else if (run.type === 'link' && /^https?:/.test(run.url))
    node = make('a', { href: run.url, rel: 'noreferrer noopener', target: '_blank' }, run.text ?? run.url)
  for (const [name, tag] of [
    ['code', 'code'],
    ['bold', 'b'],
    ['italic', 'i'],
    ['strike', 's'],
  ])
    if (style[name]) node = make(tag, {}, node)
  return make('span', {}, node)
}
