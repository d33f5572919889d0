import type { KnownBlock } from '@slack/types'
import type { ComponentType } from 'react'
import { usePage } from '../page-context.ts'
import { Card, Carousel, Container } from './card.tsx'
import { Input } from './input-block.tsx'
import { LibraryView } from './library-block.tsx'
import { RemoteFile, Video } from './media.tsx'
import { Actions, Alert, Context, Divider, Header, Image, Section } from './simple.tsx'
import { DataTable, Table } from './table.tsx'
import { Unsupported } from './unsupported.tsx'
import './colours.css'
import './blocks.css'
import './elements.css'
import './library.css'
import './tables.css'

type Drawers = {
  readonly [T in KnownBlock['type']]: ComponentType<{
    readonly block: Extract<KnownBlock, { type: T }>
    readonly source: string
  }>
}

/** A drawer for every type of block; the library has those in which nothing can be pressed and no mrkdwn stands. */
const drawers: Drawers = {
  actions: Actions,
  alert: Alert,
  card: Card,
  carousel: Carousel,
  container: Container,
  context: Context,
  context_actions: Actions,
  data_table: DataTable,
  divider: Divider,
  file: RemoteFile,
  header: Header,
  image: Image,
  input: Input,
  markdown: LibraryView,
  plan: LibraryView,
  rich_text: LibraryView,
  section: Section,
  table: Table,
  task_card: LibraryView,
  video: Video,
}

/** Types that Slack documents and its types do not have yet. */
const undocumented = new Set(['data_visualization'])

/** Blocks of a message, modal or Home tab. `source` is the message's `ts` or the view's id, for what is pressed. */
export function BlockList({
  blocks,
  source,
}: {
  readonly blocks: readonly { readonly type: string; readonly block_id?: string }[]
  readonly source: string
}) {
  const { theme } = usePage()
  return (
    <div className="blocks" data-theme={theme}>
      {blocks.map((block, index) => (
        <OneBlock key={block.block_id ?? index} block={block} source={source} />
      ))}
    </div>
  )
}

function OneBlock({ block, source }: { readonly block: { readonly type: string }; readonly source: string }) {
  // The server has checked what came over the wire against the shape of its type.
  const known = drawers as Readonly<Record<string, ComponentType<{ block: unknown; source: string }>>>
  const Drawer = Object.hasOwn(drawers, block.type) ? known[block.type] : undefined
  if (Drawer) return <Drawer block={block} source={source} />
  return undocumented.has(block.type) ? <LibraryView block={block} /> : <Unsupported type={block.type} />
}
