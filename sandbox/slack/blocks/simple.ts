import { anyText, imageSource, mrkdwn, plainText } from './compositions.ts'
import { accessories, actionElements, contextActionElements, contextElements, inputElements } from './elements.ts'
import { address, both, byType, type Check, fields, flag, holds, list, oneOf, text } from './shape.ts'

const id = { block_id: text(255) }

/** A section: text 3,000 characters, or up to 10 fields of 2,000, with one element at its side. */
export const section: Check = both(
  fields(
    { type: oneOf('section') },
    { ...id, text: anyText(3000), fields: list(anyText(2000), 10), accessory: byType(() => accessories), expand: flag },
  ),
  holds((value) => value.text !== undefined || value.fields !== undefined, 'must define either `fields` or `text`'),
)

/** A header: plain text of 150 characters. */
export const header: Check = fields({ type: oneOf('header'), text: plainText(150) }, id)

/** A context line: up to 10 texts and images. */
export const context: Check = fields(
  {
    type: oneOf('context'),
    elements: list(
      byType(() => contextElements),
      10,
    ),
  },
  id,
)

/** A row of up to 25 interactive elements. */
export const actions: Check = fields(
  {
    type: oneOf('actions'),
    elements: list(
      byType(() => actionElements),
      25,
    ),
  },
  id,
)

/** Up to 5 small reactions to a message. */
export const contextActions: Check = fields(
  {
    type: oneOf('context_actions'),
    elements: list(
      byType(() => contextActionElements),
      5,
    ),
  },
  id,
)

/** One labelled input: label and hint 2,000 characters. */
export const input: Check = fields(
  { type: oneOf('input'), label: plainText(2000), element: byType(() => inputElements) },
  { ...id, hint: plainText(2000), optional: flag, dispatch_action: flag },
)

/** A line across. */
export const divider: Check = fields({ type: oneOf('divider') }, id)

/** Markdown: 12,000 characters, counted over the whole payload elsewhere. */
export const markdown: Check = fields({ type: oneOf('markdown'), text: text(12_000) }, id)

/** A coloured notice of 200 characters. */
export const alert: Check = fields(
  { type: oneOf('alert'), text: anyText(200) },
  { ...id, level: oneOf('default', 'info', 'warning', 'error', 'success') },
)

/** An image with alt text (2,000) and title. */
export const image: Check = both(
  fields(
    { type: oneOf('image'), alt_text: text(2000) },
    { ...id, title: plainText(2000), image_url: address(), slack_file: fields({}, { id: text(255), url: address() }) },
  ),
  imageSource,
)

/** A video: title 200, author 50 characters. */
export const video: Check = fields(
  { type: oneOf('video'), video_url: address(), thumbnail_url: address(), alt_text: text(2000), title: plainText(199) },
  {
    ...id,
    title_url: address(),
    author_name: text(49),
    provider_name: text(255),
    provider_icon_url: address(),
    description: plainText(200),
  },
)

/** Card texts are mrkdwn: title and subtitle 150, body 200 characters. */
export const cardText = { title: mrkdwn(150), subtitle: mrkdwn(150), body: mrkdwn(200) }
