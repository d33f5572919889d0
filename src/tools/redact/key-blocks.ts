import { hidden } from './hidden.ts'

/**
 * Hides the bodies of keys: everything from BEGIN to END of a block, or to the end of the text when that was cut off;
 * lines of base64 whose BEGIN may not be among these. Lines stay apart, so that they keep their numbers.
 */
export function hideKeyBlocks(text: string): string {
  return hideBodies(hidePemBlocks(text))
}

function hidePemBlocks(text: string): string {
  const [before = '', ...blocks] = text.split('-----BEGIN ')
  return before + blocks.map(hidePemBlock).join('')
}

function hidePemBlock(block: string): string {
  const label = /^[A-Z0-9 ]{1,40}-----/.exec(block)?.[0]
  if (label === undefined) return `-----BEGIN ${block}`
  const end = block.indexOf('-----END ')
  const body = block.slice(label.length, end < 0 ? block.length : end)
  // The end stays, for another look must find it.
  const after = end < 0 ? '' : block.slice(end)
  const [first = '', ...lines] = body.split('\n')
  const rest = lines.map((line) => (line.trim() === '' ? line : hidden))
  const isBare = first.trim() === '' && (rest.length > 0 || body === '')
  return `-----BEGIN ${label}${[isBare ? first : hidden, ...rest].join('\n')}${after}`
}

/** A line of a key or certificate, and the shorter last one behind it. */
const full = /^([ \t>|+-]{0,40})[A-Za-z0-9+/]{60,76}={0,2}\r?$/
const rest = /^([ \t>|+-]{0,40})[A-Za-z0-9+/]{4,76}={0,2}\r?$/

function hideBodies(text: string): string {
  if (!/[A-Za-z0-9+/]{60}/.test(text)) return text
  let wasBody = false
  return text
    .split('\n')
    .map((line) => {
      const start = (line.length > 130 ? null : (full.exec(line) ?? (wasBody ? rest.exec(line) : null)))?.[1]
      wasBody = start !== undefined
      return start === undefined ? line : start + hidden
    })
    .join('\n')
}
