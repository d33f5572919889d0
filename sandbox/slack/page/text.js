import { make } from './dom.js'

const emoji = {
  white_check_mark: '✅',
  heavy_check_mark: '✔️',
  x: '❌',
  warning: '⚠️',
  rotating_light: '🚨',
  eyes: '👀',
  hourglass_flowing_sand: '⏳',
  hourglass: '⌛',
  lock: '🔒',
  unlock: '🔓',
  information_source: 'ℹ️',
  page_facing_up: '📄',
  bell: '🔔',
  stop_sign: '🛑',
  octagonal_sign: '🛑',
  arrows_counterclockwise: '🔄',
  tada: '🎉',
  white_circle: '⚪',
  large_blue_circle: '🔵',
  large_green_circle: '🟢',
  red_circle: '🔴',
  large_yellow_circle: '🟡',
  no_entry: '⛔',
  memo: '📝',
  mag: '🔍',
  floppy_disk: '💾',
  thumbsup: '👍',
  '+1': '👍',
  bulb: '💡',
  ok: '🆗',
}

/** Names behind ids, set from each state of the page. */
export const names = { users: new Map(), channels: new Map(), groups: new Map(), me: '' }

/** Slack's mrkdwn as nodes: code, bold, italic, strike, quotes, lists, mentions, links, dates and emoji. */
export function renderMrkdwn(text) {
  const parts = String(text ?? '').split(/```/)
  return parts.flatMap((part, index) =>
    index % 2 === 1 ? [make('pre', {}, unescapeText(part.replace(/^\n/, '')))] : renderLines(part),
  )
}

/** Plain text: only emoji and line breaks. */
export function renderPlain(text) {
  return splitLines(replaceEmoji(String(text ?? '')))
}

/** Markdown of a markdown block, as far as cards use it: headings, lists, and the rest as mrkdwn with ** for bold. */
export function renderMarkdown(text) {
  const toMrkdwn = (line) =>
    line.replace(/\*\*(.+?)\*\*/g, '*$1*').replace(/\[([^\]]+)\]\((https?:[^)]+)\)/g, '<$2|$1>')
  const parts = String(text ?? '').split(/```\w*\n?/)
  return parts.flatMap((part, index) => {
    if (index % 2 === 1) return [make('pre', {}, part)]
    return part.split('\n').map((line) => {
      const heading = /^(#{1,4})\s+(.*)/.exec(line)
      if (heading) return make('h4', {}, renderInline(toMrkdwn(heading[2])))
      return make('div', { class: 'line' }, renderInline(toMrkdwn(line.replace(/^[-*]\s+/, '• '))))
    })
  })
}

function renderLines(text) {
  const nodes = []
  for (const [index, line] of text.split('\n').entries()) {
    const quote = /^&gt;\s?(.*)/.exec(line)
    if (index > 0 && !quote && !(nodes.at(-1) instanceof HTMLElement && nodes.at(-1).tagName === 'BLOCKQUOTE'))
      nodes.push(make('br'))
    if (quote) nodes.push(make('blockquote', {}, renderInline(quote[1])))
    else nodes.push(...renderInline(line))
  }
  return nodes
}

const patterns = [
  [/`([^`\n]+)`/, (match) => make('code', {}, unescapeText(match[1]))],
  [/<([^<>\n]+)>/, (match) => renderReference(match[1])],
  [/(?<![\w*])\*([^\s*](?:[^*\n]*[^\s*])?)\*(?![\w*])/, (match) => make('b', {}, renderInline(match[1]))],
  [/(?<![\w_])_([^\s_](?:[^_\n]*[^\s_])?)_(?![\w_])/, (match) => make('i', {}, renderInline(match[1]))],
  [/(?<![\w~])~([^\s~](?:[^~\n]*[^\s~])?)~(?![\w~])/, (match) => make('s', {}, renderInline(match[1]))],
]

function renderInline(text) {
  let first
  for (const [pattern, render] of patterns) {
    const match = pattern.exec(text)
    if (match && (!first || match.index < first.match.index)) first = { match, render }
  }
  if (!first) return text === '' ? [] : [replaceEmoji(unescapeText(text))]
  const { match, render } = first
  const before = text.slice(0, match.index)
  return [
    ...(before ? [replaceEmoji(unescapeText(before))] : []),
    render(match),
    ...renderInline(text.slice(match.index + match[0].length)),
  ]
}

function renderReference(inside) {
  const [target, label] = inside.split('|')
  if (target.startsWith('@')) return renderMention(target.slice(1), label)
  if (target.startsWith('#'))
    return make('span', { class: 'mention' }, `#${label ?? names.channels.get(target.slice(1)) ?? target.slice(1)}`)
  const group = /^!subteam\^(\w+)/.exec(target)
  if (group) return make('span', { class: 'mention' }, label ?? `@${names.groups.get(group[1]) ?? group[1]}`)
  if (target.startsWith('!date^')) return make('time', {}, renderDate(target, label))
  if (target.startsWith('!')) return make('span', { class: 'mention' }, `@${target.slice(1)}`)
  if (/^(https?|mailto):/.test(target))
    return make(
      'a',
      { href: unescapeText(target), rel: 'noreferrer noopener', target: '_blank' },
      unescapeText(label ?? target),
    )
  return unescapeText(`<${inside}>`)
}

/** A person's mention; the reader's own is marked. */
export function renderMention(id, label) {
  return make('span', { class: id === names.me ? 'mention me' : 'mention' }, `@${names.users.get(id) ?? label ?? id}`)
}

function renderDate(target, fallback) {
  const [, seconds, format = ''] = target.split('^')
  const date = new Date(Number(seconds) * 1000)
  if (Number.isNaN(date.getTime())) return fallback ?? ''
  const day = (options) => date.toLocaleDateString(undefined, options)
  const time = (options) => date.toLocaleTimeString(undefined, options)
  const hours = { hour: '2-digit', minute: '2-digit' }
  const forms = {
    date_num: date.toISOString().slice(0, 10),
    date: day({ dateStyle: 'long' }),
    date_short: day({ month: 'short', day: 'numeric', year: 'numeric' }),
    date_long: day({ dateStyle: 'full' }),
    date_pretty: day({ dateStyle: 'long' }),
    date_short_pretty: day({ month: 'short', day: 'numeric' }),
    date_long_pretty: day({ dateStyle: 'full' }),
    time: time(hours),
    time_secs: time({ ...hours, second: '2-digit' }),
    ago: `${Math.round((Date.now() - date.getTime()) / 60000)} min ago`,
  }
  return format.replace(/\{(\w+)\}/g, (whole, name) => forms[name] ?? whole)
}

function splitLines(text) {
  return text.split('\n').flatMap((line, index) => (index > 0 ? [make('br'), line] : [line]))
}

function replaceEmoji(text) {
  return text.replace(/:([\w+-]+):/g, (whole, name) => emoji[name] ?? whole)
}

/** An emoji by its name. */
export function showEmoji(name) {
  return emoji[name] ?? `:${name}:`
}

function unescapeText(text) {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
}
