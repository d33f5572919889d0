import { plainText } from '../../domain/text.ts'

/**
 * What a phone, Slack or a mail client made of somebody's words, turned back into what was meant: smart dashes
 * and quotes become plain ones, full-width letters plain letters, Slack's `<…>` wrappings and HTML entities are taken
 * off, marks that cannot be seen go, every run of white space becomes one space. Case is kept, since free text wants it.
 * Idempotent, and linear in the length of the text.
 */
export function normalise(text: string): string {
  let before = text
  // One pass can lay bare what the next must take off (`<<@U1>…`); nobody's words need more than a few.
  for (let pass = 0; pass < MOST_PASSES; pass++) {
    const after = normaliseOnce(before)
    if (after === before) return after
    before = after
  }
  return normaliseOnce(before.replace(/[<>&|]/g, ''))
}

const MOST_PASSES = 6

function normaliseOnce(text: string): string {
  return straightenDashes(straightenQuotes(decodeEntities(unwrapLinks(collapseSpace(plainText(narrow(text)))))))
}

/** Letters as wide as ideographs are the same letters; keyboards for Korean and Japanese make them by one key. */
function narrow(text: string): string {
  return text.replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
}

function collapseSpace(text: string): string {
  // Zero-width characters and marks of direction come along with copied text: they make two equal-looking words
  // differ, and turn round what is written beside them on somebody's card.
  return text
    .replace(/[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, '')
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
  return text.replace(/&(?:amp;)*(lt|gt|amp|quot|#39|nbsp);/g, (whole, name: string) => plain[name] ?? whole)
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
