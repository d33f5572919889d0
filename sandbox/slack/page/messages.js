import { renderBlocks } from './blocks.js'
import { make } from './dom.js'
import { names, renderMrkdwn, showEmoji } from './text.js'

/** One message, or one that only the reader sees. `actions` are press, openThread and react. */
export function renderMessage(message, actions, inThread) {
  const own = message.blocks?.length > 0
  const who = message.only ? 'salvor' : (names.users.get(message.user) ?? message.user)
  const press = (element, block, option) => actions.press(message.ts, element, block, option)
  const body = own ? renderBlocks(message.blocks, press) : make('div', { class: 'text' }, renderMrkdwn(message.text))
  const head = make(
    'div',
    { class: 'who' },
    make('b', {}, who),
    message.byBot || message.only ? make('span', { class: 'app' }, 'APP') : '',
    make('time', { title: message.ts }, showTime(message.ts)),
    message.only ? make('span', { class: 'only' }, 'Only visible to you') : '',
    message.edits ? make('span', { class: 'edited' }, '(edited)') : '',
  )
  const replies =
    !inThread && message.reply_count ? `${message.reply_count} ${message.reply_count === 1 ? 'reply' : 'replies'}` : ''
  const foot = make(
    'div',
    { class: 'foot' },
    (message.reactions ?? []).map((one) => make('span', { class: 'reaction' }, `${showEmoji(one.name)} ${one.count}`)),
    replies
      ? make('button', { type: 'button', class: 'plain', onclick: () => actions.openThread(message.ts) }, replies)
      : '',
    make('span', { class: 'tools' }, renderTools(message, actions, inThread || replies !== '')),
  )
  const face = make(
    'div',
    { class: `face ${message.byBot || message.only ? 'bot' : ''}`, 'aria-hidden': 'true' },
    who.slice(0, 1).toUpperCase(),
  )
  const main = make('div', { class: 'main' }, head, body, (message.files ?? []).map(renderFile), foot)
  return make('article', { class: `message ${message.only ? 'private' : ''}` }, face, main)
}

/** Messages and private ones in one list, by time, the private ones marked. */
export function joinPrivates(messages, privates) {
  return [...messages, ...privates.map((one) => ({ ...one, only: true }))].sort((one, other) =>
    one.ts < other.ts ? -1 : 1,
  )
}

/** What appears when the pointer is over a message; on touch screens it is always there. */
function renderTools(message, actions, hasThread) {
  if (message.only) return []
  const button = (label, onclick, words) =>
    make('button', { type: 'button', class: 'plain', 'aria-label': label, onclick }, words)
  const reply = button('Reply in thread', () => actions.openThread(message.ts), '↩ Reply')
  return [hasThread ? '' : reply, button('React with eyes', () => actions.react(message.ts), '👀')]
}

function renderFile(file) {
  const link = make(
    'a',
    { href: `/page/files/${encodeURIComponent(file.id)}`, target: '_blank', rel: 'noopener' },
    `📄 ${file.name}`,
  )
  const preview = file.preview ? make('details', {}, make('summary', {}, 'Preview'), make('pre', {}, file.preview)) : ''
  const image = /\.(png|jpe?g|gif)$/i.test(file.name)
    ? make('img', { src: `/page/files/${encodeURIComponent(file.id)}`, alt: file.name })
    : ''
  return make('div', { class: 'file' }, link, image, preview)
}

function showTime(ts) {
  return new Date(Number(ts) * 1000).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', second: '2-digit' })
}
