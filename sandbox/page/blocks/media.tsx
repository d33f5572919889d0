import type { FileBlock, VideoBlock } from '@slack/types'
import { SafeLink, Text } from './mrkdwn.tsx'
import { Picture } from './simple.tsx'

/** A video as its picture and a link: nothing from elsewhere plays inside the page. */
export function Video({ block }: { readonly block: VideoBlock }) {
  const image = { type: 'image' as const, image_url: block.thumbnail_url, alt_text: block.alt_text }
  return (
    <figure className="image">
      <figcaption>
        <SafeLink url={block.title_url ?? block.video_url}>
          ▶ <Text of={block.title} />
        </SafeLink>
        {block.author_name ? <span className="dim"> {block.author_name}</span> : null}
      </figcaption>
      {block.description ? (
        <div className="dim">
          <Text of={block.description} />
        </div>
      ) : null}
      <Picture image={image} className="picture" />
    </figure>
  )
}

/** A file that is kept elsewhere: Slack itself shows a preview that only its owner's app could give. */
export function RemoteFile({ block }: { readonly block: FileBlock }) {
  return (
    <div className="file">
      📎 <span>{block.external_id}</span>{' '}
      <span className="dim">kept {block.source === 'remote' ? 'elsewhere' : ''}</span>
    </div>
  )
}
