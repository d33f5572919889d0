import type {
  ActionsBlockElement,
  ContextActionsBlockElement,
  InputBlockElement,
  SectionBlockAccessory,
} from '@slack/types'
import { readWords } from './read-words.ts'

/** Everything that a person can use. */
export type InteractiveElement =
  | ActionsBlockElement
  | ContextActionsBlockElement
  | InputBlockElement
  | Exclude<SectionBlockAccessory, { type: 'image' }>

/** What an element holds, in the fields that Slack's payloads have: `selected_option`, `selected_date`, `value` … */
export type Held = Readonly<Record<string, unknown>>

/** What an element holds before anybody has used it. */
export function initialHold(element: InteractiveElement): Held {
  switch (element.type) {
    case 'static_select':
    case 'external_select':
    case 'radio_buttons':
      return { selected_option: element.initial_option ?? null }
    case 'multi_static_select':
    case 'multi_external_select':
    case 'checkboxes':
      return { selected_options: element.initial_options ?? [] }
    case 'users_select':
      return { selected_user: element.initial_user ?? null }
    case 'multi_users_select':
      return { selected_users: element.initial_users ?? [] }
    case 'conversations_select':
      return { selected_conversation: element.initial_conversation ?? null }
    case 'multi_conversations_select':
      return { selected_conversations: element.initial_conversations ?? [] }
    case 'channels_select':
      return { selected_channel: element.initial_channel ?? null }
    case 'multi_channels_select':
      return { selected_channels: element.initial_channels ?? [] }
    case 'datepicker':
      return { selected_date: element.initial_date ?? null }
    case 'timepicker':
      return { selected_time: element.initial_time ?? null }
    case 'datetimepicker':
      return { selected_date_time: element.initial_date_time ?? null }
    case 'plain_text_input':
    case 'email_text_input':
    case 'url_text_input':
    case 'number_input':
      return { value: element.initial_value ?? null }
    case 'rich_text_input':
      return { value: readWords(element.initial_value) || null }
    default:
      return {}
  }
}

/** The one thing that an element holds; null for nothing. */
export function readHeld(held: Held): unknown {
  const [content] = Object.values(held)
  return content === undefined || content === '' || (Array.isArray(content) && content.length === 0) ? null : content
}
