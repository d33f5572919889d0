import type { InteractiveElement } from '../hold.ts'
import { Unsupported } from '../unsupported.tsx'
import type { ElementUse } from '../use-element.ts'
import { FileInputElement } from './file-input.tsx'
import { PickElement } from './pick.tsx'
import { MultiSelectElement, SelectElement } from './select.tsx'
import { TypedElement } from './typed.tsx'

/** Elements that hold something, as opposed to those that are only pressed. */
export type ControlElement = Exclude<
  InteractiveElement,
  { type: 'button' | 'workflow_button' | 'icon_button' | 'feedback_buttons' | 'overflow' }
>

const pressed = new Set(['button', 'workflow_button', 'icon_button', 'feedback_buttons', 'overflow'])

export function isControl(element: InteractiveElement): element is ControlElement {
  return !pressed.has(element.type)
}

/** A select menu, picker or input, with what it holds kept by whoever uses it. */
export function Control({
  element,
  ...more
}: {
  readonly element: ControlElement
  readonly use: ElementUse
  /** Words for those who do not see the label. */
  readonly label: string
  readonly id?: string | undefined
  readonly describedBy?: string | undefined
  readonly invalid?: boolean
}) {
  switch (element.type) {
    case 'static_select':
    case 'external_select':
    case 'users_select':
    case 'conversations_select':
    case 'channels_select':
      return <SelectElement element={element} {...more} />
    case 'multi_static_select':
    case 'multi_external_select':
    case 'multi_users_select':
    case 'multi_conversations_select':
    case 'multi_channels_select':
      return <MultiSelectElement element={element} {...more} />
    case 'radio_buttons':
    case 'checkboxes':
      return <PickElement element={element} {...more} />
    case 'datepicker':
    case 'timepicker':
    case 'datetimepicker':
    case 'plain_text_input':
    case 'email_text_input':
    case 'url_text_input':
    case 'number_input':
    case 'rich_text_input':
      return <TypedElement element={element} {...more} />
    case 'file_input':
      return <FileInputElement element={element} {...more} />
    default:
      return <Unsupported type={(element as { type: string }).type} />
  }
}
