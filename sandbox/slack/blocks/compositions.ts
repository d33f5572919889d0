import { address, both, byType, type Check, fields, flag, holds, list, oneOf, text } from './shape.ts'

/** A plain text object of at most `max` characters. */
export function plainText(max: number): Check {
  return fields({ type: oneOf('plain_text'), text: text(max) }, { emoji: flag })
}

/** A mrkdwn object of at most `max` characters. */
export function mrkdwn(max: number): Check {
  return fields({ type: oneOf('mrkdwn'), text: text(max) }, { verbatim: flag })
}

/** Plain text or mrkdwn. */
export function anyText(max: number): Check {
  return byType(() => ({ plain_text: plainText(max), mrkdwn: mrkdwn(max) }))
}

/** A confirmation dialog: title 100, text 300, buttons 30 characters. */
export const confirm: Check = fields(
  { text: anyText(300) },
  { title: plainText(100), confirm: plainText(30), deny: plainText(30), style: oneOf('primary', 'danger') },
)

/** One choice: text 75, value 150, description 75 characters. */
export const option: Check = fields(
  { text: anyText(75) },
  { value: text(150), description: anyText(75), url: address() },
)

/** Choices of a select menu, grouped. */
export const optionGroup: Check = fields({ label: plainText(75), options: list(option, 100) })

/** Where an image comes from: exactly one of an address and a file of Slack. */
export const imageSource: Check = holds(
  (value) => (value.image_url === undefined) !== (value.slack_file === undefined),
  'must provide either image_url or slack_file',
)

/** An image as an element of context, section or card; alt text 2,000 characters. */
export const imageElement: Check = both(
  fields(
    { type: oneOf('image'), alt_text: text(2000) },
    { image_url: address(), slack_file: fields({}, { id: text(255), url: address() }) },
  ),
  imageSource,
)

/** When an input reports while it is being typed in. */
export const dispatchConfig: Check = fields(
  {},
  { trigger_actions_on: list(oneOf('on_enter_pressed', 'on_character_entered'), 2) },
)
