import { plainText } from '../../domain/text.ts'

/**
 * What a phone, Slack or a mail client made of somebody's words, turned back into what was meant: smart dashes
 * and quotes become plain ones, Slack's `<…>` wrappings and HTML entities are taken off, every run of white space
 * becomes one space. Case is kept, since free text wants it. Idempotent.
 */
export function normalise(text: string): string {
  let before = text
  // One pass can lay bare what the next must take off (`&amp;lt;`). Every pass shortens or leaves ASCII only, so it ends.
  for (;;) {
    const after = normaliseOnce(before)
    if (after === before) return after
    before = after
  }
}

function normaliseOnce(text: string): string {
  return straightenDashes(straightenQuotes(decodeEntities(unwrapLinks(collapseSpace(plainText(text))))))
}

function collapseSpace(text: string): string {
  // Zero-width characters come along with copied text and would make two equal-looking words differ.
  return text
    .replace(/[\u200b\u2060\ufeff]/g, '')
    .replace(/[\s\u00a0\u2000-\u200a\u202f\u205f\u3000]+/g, ' ')
    .trim()
}

/** `<@U1|x>` → `@U1`, `<#C1|x>` → `#x`, `<http://x|x>` and `<mailto:x|x>` → `x`, `<!here>` → `here`: never a live mention. */
function unwrapLinks(text: string): string {
  return text
    .replace(/<@([A-Za-z0-9]+)(?:\|[^<>]*)?>/g, '@$1')
    .replace(/<#([A-Za-z0-9]+)(?:\|([^<>]*))?>/g, (_whole, id: string, name?: string) => `#${name || id}`)
    .replace(/<!([^<>|]*)(?:\|([^<>]*))?>/g, (_whole, word: string, label?: string) => label || word)
    .replace(
      /<((?:https?|mailto|tel|ftp):[^<>|]*)(?:\|([^<>]*))?>/gi,
      (_whole, url: string, label?: string) => label || url.replace(/^(?:mailto|tel):/i, ''),
    )
}

function decodeEntities(text: string): string {
  const plain: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', '#39': "'", nbsp: ' ' }
  return text.replace(/&(lt|gt|amp|quot|#39|nbsp);/g, (whole, name: string) => plain[name] ?? whole)
}

function straightenQuotes(text: string): string {
  return text.replace(/[“”„‟«»″＂]/g, '"').replace(/[‘’‚‛′＇]/g, "'")
}

const dashes = '\\-‐‑‒–—―−﹘﹣－'

/** A dash that phones made of `--` begins a flag when letters follow; anywhere else it is a hyphen. */
function straightenDashes(text: string): string {
  return text
    .replace(new RegExp(`(?<=^|\\s)[${dashes}]+(?=\\p{L})`, 'gu'), (run) => (run === '-' ? run : '--'))
    .replace(new RegExp(`[${dashes}]`, 'g'), '-')
}
