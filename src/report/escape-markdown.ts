import { disarm, splitText } from '../domain/text.ts'
import { writeTimeEcho } from '../engine/say/zone-time.ts'

/**
 * Text that came from people or machines as one line of Markdown that shows exactly it: no heading, list, table,
 * link (not even of a bare address), image, HTML or emphasis can come out of it.
 */
export function escapeMarkdown(text: string): string {
  // A byte order mark counts as a space in a pattern, and would be gone before anybody could see it.
  return disarm(
    text
      .replace(/\ufeff/g, '\ufffd')
      .replace(/[\s\u0085\u2028\u2029]+/g, ' ')
      .trim(),
  )
    .replace(/[\\`*[\]<>|~&]/g, '\\$&')
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_')
    .replace(/:\/\//g, ':\\//')
    .replace(/\bwww\./gi, (www) => `${www.slice(0, -1)}\\.`)
    .replace(/^([-+#=])/, '\\$1')
    .replace(/^(\d{1,9})([.)])/, '$1\\$2')
}

/** Marked text as Markdown: people by name, times in the plan's zone and UTC, everything else escaped. */
export function writeMarked(text: string, timezone: string): string {
  return splitText(text)
    .map((part) => {
      if (part.kind === 'person') return escapeInner(part.person)
      if (part.kind === 'channel') return escapeInner(`#${part.channel}`)
      if (part.kind === 'time') return writeTime(part.iso, timezone)
      return escapeInner(part.text)
    })
    .join('')
    .trim()
}

/** Parts of one line keep the spaces at their ends; only the line as a whole is trimmed. */
function escapeInner(text: string): string {
  const before = /^\s/.test(text) ? ' ' : ''
  const after = /\s$/.test(text) && text.trim() !== '' ? ' ' : ''
  return `${before}${escapeMarkdown(text)}${after}`
}

function writeTime(iso: string, timezone: string): string {
  return Number.isNaN(Date.parse(iso)) ? escapeMarkdown(iso) : writeTimeEcho(iso, timezone)
}
