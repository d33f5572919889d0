import type { CardBlock, CarouselBlock, ContainerBlock } from '@slack/types'
import { BlockList } from './block-list.tsx'
import { ElementView } from './elements/element.tsx'
import { LibraryView } from './library-block.tsx'
import { Text } from './mrkdwn.tsx'
import { Picture } from './simple.tsx'

export function Card({ block, source }: { readonly block: CardBlock; readonly source: string }) {
  const { hero_image: hero, icon, title, subtitle, body, actions = [] } = block
  return (
    <article className="card">
      {hero ? <Picture image={hero} className="hero" /> : null}
      <div className="card-head">
        {icon ? <Picture image={icon} className="tiny" /> : null}
        <div>
          {title ? (
            <b className="words">
              <Text of={title} />
            </b>
          ) : null}
          {subtitle ? (
            <div className="dim">
              <Text of={subtitle} />
            </div>
          ) : null}
        </div>
      </div>
      {body ? (
        <div className="words">
          <Text of={body} />
        </div>
      ) : null}
      {actions.length > 0 ? (
        <div className="actions">
          {actions.map((button, index) => (
            <ElementView key={button.action_id ?? index} element={button} place={{ source, block: block.block_id }} />
          ))}
        </div>
      ) : null}
    </article>
  )
}

/** Cards side by side; they scroll in their own box. */
export function Carousel({ block, source }: { readonly block: CarouselBlock; readonly source: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: only what can be reached by keyboard can be scrolled by keyboard
    <section className="carousel" aria-label="Cards" tabIndex={0}>
      {block.elements.map((card, index) => (
        <Card key={card.block_id ?? index} block={card} source={source} />
      ))}
    </section>
  )
}

/** A box around blocks, which may fold. */
export function Container({ block, source }: { readonly block: ContainerBlock; readonly source: string }) {
  const head = (
    <div className="card-head">
      {block.icon ? <Picture image={block.icon} className="tiny" /> : null}
      <div>
        {block.title ? (
          <b>
            <Text of={block.title} />
          </b>
        ) : null}
        {block.rich_text_title ? <LibraryView block={block.rich_text_title} /> : null}
        {block.subtitle ? (
          <div className="dim">
            <Text of={block.subtitle} />
          </div>
        ) : null}
      </div>
    </div>
  )
  const inside = <BlockList blocks={block.child_blocks} source={source} />
  const look = `container ${block.width ?? 'standard'}${block.has_header_divider ? ' divided' : ''}`
  if (!block.is_collapsible)
    return (
      <div className={look}>
        {head}
        {inside}
      </div>
    )
  return (
    <details className={look} open={!block.default_collapsed}>
      <summary>{head}</summary>
      {inside}
    </details>
  )
}
