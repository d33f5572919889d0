import type { Block } from '../../slack/workspace.ts'

/** Blocks of a message, ephemeral, modal or Home tab; `source` is its timestamp or view id. */
export function BlockList({ blocks }: { readonly blocks: readonly Block[]; readonly source: string }) {
  return <pre>{JSON.stringify(blocks, null, 1)}</pre>
}

/** The text of a message without blocks. */
export function Mrkdwn({ text }: { readonly text: string }) {
  return <span>{text}</span>
}
