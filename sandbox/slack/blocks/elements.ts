import { anyText, confirm, dispatchConfig, imageElement, option, optionGroup, plainText } from './compositions.ts'
import { richText } from './rich-text.ts'
import { address, anything, both, type Check, fields, flag, holds, list, number, oneOf, text } from './shape.ts'

const identified = { type: text(255), action_id: text(255) }
const optionalId = { action_id: text(255) }
const style = oneOf('primary', 'danger')
const focus = { focus_on_load: flag }
const placeholder = { placeholder: plainText(150) }
const label75 = { accessibility_label: text(75) }

/** A button: text 75, value 2,000, address 3,000 characters. */
export const button: Check = fields(
  { type: oneOf('button'), text: plainText(75) },
  { ...optionalId, ...label75, value: text(2000), url: address(), style, confirm },
)

const workflowButton = fields(
  { type: oneOf('workflow_button'), text: plainText(75), workflow: anything },
  { ...optionalId, ...label75, style },
)

const choices = { options: list(option, 10) }
const checkboxes = fields(
  { type: text(255), ...choices },
  { ...optionalId, ...focus, confirm, initial_options: list(option, 10) },
)
const radioButtons = fields(
  { type: text(255), ...choices },
  { ...optionalId, ...focus, confirm, initial_option: option },
)
const overflow = fields({ type: text(255), options: list(option, 5) }, { ...optionalId, confirm })
const picker = (initial: Record<string, Check>, extra: Record<string, Check> = placeholder) =>
  fields({ type: text(255) }, { ...optionalId, ...focus, ...extra, confirm, ...initial })

const eitherOptions = holds(
  (value) => (value.options === undefined) !== (value.option_groups === undefined),
  'must provide either options or option_groups',
)
const selectBase = { ...optionalId, ...focus, ...placeholder, confirm }
const staticOptions = { options: list(option, 100), option_groups: list(optionGroup, 100) }
const ids = list(text(255), 100, 0)
const maxItems = { max_selected_items: number(1, 1000) }
const conversationFilter = fields(
  {},
  {
    include: list(oneOf('im', 'mpim', 'private', 'public'), 4),
    exclude_external_shared_channels: flag,
    exclude_bot_users: flag,
  },
)
const conversationExtras = { default_to_current_conversation: flag, filter: conversationFilter }
const respondable = { response_url_enabled: flag }
const minQuery = { min_query_length: number(0, 100) }
const select = (extra: Record<string, Check>) => fields({ type: text(255) }, { ...selectBase, ...extra })

const selects: Record<string, Check> = {
  static_select: both(select({ ...staticOptions, initial_option: option }), eitherOptions),
  multi_static_select: both(
    select({ ...staticOptions, ...maxItems, initial_options: list(option, 100) }),
    eitherOptions,
  ),
  users_select: select({ initial_user: text(255) }),
  multi_users_select: select({ ...maxItems, initial_users: ids }),
  conversations_select: select({ ...conversationExtras, ...respondable, initial_conversation: text(255) }),
  multi_conversations_select: select({ ...conversationExtras, ...maxItems, initial_conversations: ids }),
  channels_select: select({ ...respondable, initial_channel: text(255) }),
  multi_channels_select: select({ ...maxItems, initial_channels: ids }),
  external_select: select({ ...minQuery, initial_option: option }),
  multi_external_select: select({ ...minQuery, ...maxItems, initial_options: list(option, 100) }),
}

const pickers: Record<string, Check> = {
  datepicker: picker({ initial_date: text(10) }),
  timepicker: picker({ initial_time: text(5), timezone: text(255) }),
  datetimepicker: picker({ initial_date_time: number(1e9, 9_999_999_999) }, {}),
}

const typed = { ...optionalId, ...focus, ...placeholder, dispatch_action_config: dispatchConfig }
const inputs: Record<string, Check> = {
  plain_text_input: fields(
    { type: text(255) },
    {
      ...typed,
      initial_value: text(3000, 0),
      multiline: flag,
      min_length: number(0, 3000),
      max_length: number(1, 3000),
    },
  ),
  email_text_input: fields({ type: text(255) }, { ...typed, initial_value: text(3000, 0) }),
  url_text_input: fields({ type: text(255) }, { ...typed, initial_value: text(3000, 0) }),
  number_input: fields(
    { type: text(255), is_decimal_allowed: flag },
    { ...typed, initial_value: text(255, 0), min_value: text(255), max_value: text(255) },
  ),
  rich_text_input: fields(
    { ...identified },
    { ...typed, initial_value: richText, min_lines: number(1, 100), max_lines: number(1, 100) },
  ),
  file_input: fields({ type: text(255) }, { ...optionalId, filetypes: list(text(255), 100), max_files: number(1, 10) }),
}

const feedbackButton = fields({ text: plainText(75), value: text(2000) }, label75)

/** What a section may carry at its side. */
export const accessories: Record<string, Check> = {
  button,
  workflow_button: workflowButton,
  checkboxes,
  radio_buttons: radioButtons,
  overflow,
  image: imageElement,
  ...selects,
  ...pickers,
}

/** What may stand in an actions block. */
export const actionElements: Record<string, Check> = {
  button,
  workflow_button: workflowButton,
  checkboxes,
  radio_buttons: radioButtons,
  overflow,
  ...selects,
  ...pickers,
  ...(inputs.rich_text_input ? { rich_text_input: inputs.rich_text_input } : {}),
}

/** What an input block may hold. */
export const inputElements: Record<string, Check> = {
  checkboxes,
  radio_buttons: radioButtons,
  ...selects,
  ...pickers,
  ...inputs,
}

/** What a context_actions block may hold. */
export const contextActionElements: Record<string, Check> = {
  feedback_buttons: fields(
    { type: text(255), positive_button: feedbackButton, negative_button: feedbackButton },
    optionalId,
  ),
  icon_button: fields(
    { type: text(255), icon: text(255), text: plainText(75) },
    { ...optionalId, ...label75, value: text(2000), visible_to_user_ids: ids, confirm },
  ),
}

/** What may stand in a context block. */
export const contextElements: Record<string, Check> = {
  image: imageElement,
  plain_text: anyText(2000),
  mrkdwn: anyText(2000),
}
