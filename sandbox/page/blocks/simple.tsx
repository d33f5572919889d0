import type {
  ActionsBlock,
  AlertBlock,
  ContextActionsBlock,
  ContextBlock,
  HeaderBlock,
  ImageBlock,
  ImageElement,
  SectionBlock,
} from '@slack/types'
import { ElementView } from './elements/element.tsx'
import { Text } from './mrkdwn.tsx'
import type { ElementPlace } from './use-element.ts'

export function Section({ block, source }: { readonly block: SectionBlock; readonly source: string }) {
  const { text, fields, accessory } = block
  return (
    <div className="section">
      <div className="section-text">
        {text ? (
          <div className="words">
            <Text of={text} />
          </div>
        ) : null}
        {fields ? (
          <div className="section-fields">
            {fields.map((field, index) => (
              <div key={index} className="words">
                <Text of={field} />
              </div>
            ))}
          </div>
        ) : null}
      </div>
      {accessory ? (
        <div className="accessory">
          {accessory.type === 'image' ? (
            <Picture image={accessory} className="thumbnail" />
          ) : (
            <ElementView element={accessory} place={{ source, block: block.block_id }} />
          )}
        </div>
      ) : null}
    </div>
  )
}

export function Header({ block }: { readonly block: HeaderBlock }) {
  return (
    <h3 className="header">
      <Text of={block.text} />
    </h3>
  )
}

export function Context({ block }: { readonly block: ContextBlock }) {
  return (
    <div className="context">
      {block.elements.map((element, index) => (
        <span key={index} className="context-part">
          {element.type === 'image' ? <Picture image={element} className="tiny" /> : <Text of={element} />}
        </span>
      ))}
    </div>
  )
}

export function Divider() {
  return <hr className="divider" />
}

export function Actions({
  block,
  source,
}: {
  readonly block: ActionsBlock | ContextActionsBlock
  readonly source: string
}) {
  const place: ElementPlace = { source, block: block.block_id }
  return (
    <div className="actions">
      {block.elements.map((element, index) => (
        <ElementView key={actionIdOf(element) ?? index} element={element} place={place} />
      ))}
    </div>
  )
}

export function Alert({ block }: { readonly block: AlertBlock }) {
  const level = block.level ?? 'default'
  return (
    <div className={`alert ${level}`} role="note">
      <span aria-hidden="true">{alertSigns[level]}</span>
      <div className="words">
        <Text of={block.text} />
      </div>
    </div>
  )
}

const alertSigns = { default: '💬', info: 'ℹ️', warning: '⚠️', error: '⛔', success: '✅' } as const

export function Image({ block }: { readonly block: ImageBlock }) {
  return (
    <figure className="image">
      {block.title ? (
        <figcaption>
          <Text of={block.title} />
        </figcaption>
      ) : null}
      <Picture image={{ ...block, type: 'image' }} className="picture" />
    </figure>
  )
}

/** A picture from the web or from Slack's own files; without an address its description stands for it. */
export function Picture({ image, className }: { readonly image: ImageElement; readonly className: string }) {
  const url = 'image_url' in image ? image.image_url : 'url' in image.slack_file ? image.slack_file.url : undefined
  if (!url || !/^https?:\/\//i.test(url)) return <span className="picture-words">🖼 {image.alt_text}</span>
  return <img className={className} src={url} alt={image.alt_text} loading="lazy" />
}

function actionIdOf(element: object): string | undefined {
  return 'action_id' in element && typeof element.action_id === 'string' ? element.action_id : undefined
}
