import { readdirSync } from 'node:fs'
import { posix } from 'node:path'
import { readText, root } from '../support/sources.ts'

/** A page of the repository in Markdown, taken apart as far as a test looks at it. */
export interface Page {
  readonly path: string
  readonly text: string
  /** Headings with their level, in order. */
  readonly headings: readonly { readonly level: number; readonly words: string }[]
  /** What stands between single backticks outside blocks, a row of a table with its `\|` undone. */
  readonly spans: readonly string[]
  readonly blocks: readonly { readonly language: string; readonly text: string }[]
  /** Targets of links, without those that leave the repository. */
  readonly links: readonly string[]
}

const block = /^( *)```(\w*)\n([\s\S]*?)^\1```$/gm

export function readPage(path: string): Page {
  const text = readText(path)
  const prose = text.replace(block, '')
  return {
    path,
    text,
    headings: [...prose.matchAll(/^(#+) (.+)$/gm)].map(([, marks = '', words = '']) => ({
      level: marks.length,
      words,
    })),
    spans: [...prose.matchAll(/`([^`\n]+)`/g)].map(([, span = '']) => span.replaceAll('\\|', '|')),
    blocks: [...text.matchAll(block)].map(([, , language = '', lines = '']) => ({ language, text: lines })),
    links: [...prose.matchAll(/\]\((?!https?:)([^)\s]+)\)/g)].map(([, to = '']) => to),
  }
}

/** Pages directly in a folder, in order. */
export function listPages(folder: string): string[] {
  return readdirSync(`${root}${folder}`)
    .filter((name) => name.endsWith('.md'))
    .map((name) => posix.join(folder, name))
    .sort()
}

/** A heading as a link names it: what GitHub makes of it. */
export function writeAnchor(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-')
}
