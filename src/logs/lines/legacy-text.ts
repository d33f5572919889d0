import { createRequire } from 'node:module'

/** Asked for only by a log that needs it: its tables are large. */
const require = createRequire(import.meta.url)

/** A text that is not UTF-8, and the encoding that it was taken for. */
export interface LegacyText {
  readonly text: string
  readonly encoding: string
}

interface Candidate {
  readonly encoding: string
  /**
   * How well a decoded text looks like what people write, 0 to 1, by its characters that are not ASCII. `isFar`: its bytes
   * are mostly such as Korean and Chinese seldom have.
   */
  readonly rate: (other: string, text: string, isFar: boolean) => number
}

const share = (text: string, pattern: RegExp) => (text.match(pattern)?.length ?? 0) / text.length

/** Those that logs are still written in, the likeliest first. Where two rate alike the earlier counts. */
const candidates: readonly Candidate[] = [
  {
    encoding: 'cp949',
    rate: (other, text, isFar) => (isFar || isAmidLatin(text) ? 0 : share(other, /[\uac00-\ud7a3]/g)),
  },
  {
    encoding: 'shift_jis',
    rate: (other, _, isFar) =>
      (/[\u3041-\u30fe]/.test(other) ? 1 : isFar ? 0.85 : 0) * share(other, /[\u3000-\u30fe\u4e00-\u9fff]/g),
  },
  {
    encoding: 'euc-jp',
    rate: (other) => (/[\u3041-\u30fe]{2}/.test(other) ? share(other, /[\u3000-\u30fe\u4e00-\u9fff]/g) : 0),
  },
  {
    encoding: 'windows-1251',
    rate: (other, text) =>
      isWordLike(other, text) ? (isSeldom(other) ? 0.9 : 1) * share(other, /[\u0410-\u044f\u0401\u0451«»–—№]/g) : 0,
  },
  {
    encoding: 'cp866',
    rate: (other, text) => (isWordLike(other, text) ? share(other, /[\u0410-\u044f\u0401\u0451]/g) : 0),
  },
  // By their letters alone the one-byte encodings of Cyrillic are told from each other by where capitals stand.
  {
    encoding: 'koi8-u',
    rate: (other, text) =>
      isWordLike(other, text) ? 0.99 * share(other, /[\u0410-\u044f\u0401\u0451ІіЇїЄєҐґ\u00a0©]/g) : 0,
  },
  {
    encoding: 'iso-8859-5',
    rate: (other, text) => (isWordLike(other, text) ? 0.98 * share(other, /[\u0410-\u044f\u0401\u0451№\u00a0]/g) : 0),
  },
  {
    encoding: 'maccyrillic',
    rate: (other, text) =>
      isWordLike(other, text) ? 0.97 * share(other, /[\u0410-\u044f\u0401\u0451«»–—№\u00a0]/g) : 0,
  },
  {
    encoding: 'big5',
    rate: (other) => (traditional.test(other) ? share(other, /[\u4e00-\u9fff\u3000-\u3011\uff00-\uff5e]/g) : 0),
  },
  {
    encoding: 'gb18030',
    rate: (other, text, isFar) =>
      isFar || isAmidLatin(text) ? 0 : 0.97 * share(other, /[\u4e00-\u9fff\u3000-\u3011\uff00-\uff5e“”‘’]/g),
  },
  {
    encoding: 'windows-1252',
    rate: (other, text) =>
      /[\u0080-\uffff]{4}/.test(text) ? 0 : 0.9 * share(other, /[À-ÖØ-öø-ÿŒœŠšŽž«»–—‘’“”€ß°§´`\u00a0]/g),
  },
]

/** Words that logs in traditional Chinese hold; by its characters alone Big5 cannot be told from GB 18030. */
const traditional = /訊息|錯誤|資料|無法|伺服器|狀態|失敗|連線|詳情|陳述|執行|匯入|匯出|違反|條件|物件|語法/

/** One sign of a script of its own within a word of Latin letters: `rela\uD692o` was `relação`. */
function isAmidLatin(text: string): boolean {
  return /[A-Za-z][\u3041-\ud7a3][A-Za-z]/.test(text)
}

/** Cyrillic as people write it: small letters in the main, or words all in capitals; never one in a heap of both. */
function isWordLike(other: string, text: string): boolean {
  // A letter amid Latin ones is one of theirs.
  if (/[A-Za-z][\u0410-\u044f]|[\u0410-\u044f][A-Za-z]/.test(text)) return false
  // A capital behind a small letter: read in another of these encodings, nearly every word has some.
  const turned = text.match(/[\u0430-\u044f\u0451][\u0410-\u042f]/g)?.length ?? 0
  if (turned > (text.match(/\s/g)?.length ?? 0) / 10) return false
  return share(other, /[\u0430-\u044f]/g) > 0.5 || /^[^\u0430-\u044f]*$/.test(other)
}

/**
 * Whether a text has few of the letters of which Russian is made: what is small in KOI8-R is a capital in Windows-1251
 * and the other way round, so that a word in one case is word-like in both.
 */
function isSeldom(text: string): boolean {
  const usual = text.match(/[оеаинтсрвл]/gi)?.length ?? 0
  const letters = text.match(/[\u0410-\u044f]/g)?.length ?? 0
  return usual < (/[\u0430-\u044f]/.test(text) ? 0.3 : 0.45) * letters
}

/** Names and short lines may hold nothing but what Chinese has as well: after lines that did, one such is of the same. */
function rateAgain(encoding: string, other: string): number {
  return /^(?:shift_jis|euc-jp|big5)$/.test(encoding) ? share(other, /[\u3000-\u30fe\u4e00-\u9fff\uff00-\uff9f]/g) : 0
}

/**
 * Korean is written with the syllables of KS X 1001 in the main, Chinese with the characters of GB 2312: CP949 and GBK have
 * the others where Shift JIS has its kana and its commonest characters.
 */
function isFarFromCommon(line: Buffer): boolean {
  let [pairs, others] = [0, 0]
  for (let at = 0; at < line.length; at += 1) {
    const byte = line[at] as number
    if (byte < 0x80) continue
    pairs += 1
    if (byte < 0xa1) others += 1
    at += 1
  }
  return others > 0.3 * pairs
}

/** From here on a text is taken for one of that encoding. */
const likely = 0.8
/** What the lines before were read as is likelier than its rating alone. */
const habit = 0.15
/** Then nothing else is tried. */
const certain = 1.04

/** Decodes the bytes of a line that is not UTF-8; null when it looks like none of the encodings that are tried. */
export function decodeLegacy(line: Buffer, before: string | null): LegacyText | null {
  const { decode } = require('iconv-lite') as typeof import('iconv-lite')
  const isFar = isFarFromCommon(line)
  const habitual = candidates.find(({ encoding }) => encoding === before)
  let best: (LegacyText & { readonly rating: number }) | null = null
  for (const candidate of habitual ? [habitual, ...candidates] : candidates) {
    const { encoding, rate } = candidate
    const text = decode(line, encoding)
    const other = text.replace(/[\0-\u007f]+/g, '')
    if (other === '' || /[\ufffd\u0080-\u009f\ue000-\uf8ff]/.test(other)) continue
    const rating =
      candidate === habitual
        ? habit + Math.max(rate(other, text, isFar), rateAgain(encoding, other))
        : rate(other, text, isFar)
    if (rating >= likely && rating > (best?.rating ?? 0)) best = { text, encoding, rating }
    if (best !== null && rating > certain) return best
  }
  return best
}
