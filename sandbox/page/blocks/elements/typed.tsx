import type {
  Datepicker,
  DateTimepicker,
  EmailInput,
  NumberInput,
  PlainTextInput,
  RichTextInput,
  Timepicker,
  URLInput,
} from '@slack/types'
import type { ElementUse } from '../use-element.ts'

type Typed =
  | Datepicker
  | DateTimepicker
  | EmailInput
  | NumberInput
  | PlainTextInput
  | RichTextInput
  | Timepicker
  | URLInput

/** Anything that is typed: text in one line or many, addresses, numbers, dates and times. */
export function TypedElement({
  element,
  use,
  id,
  describedBy,
  invalid,
  label,
}: {
  readonly element: Typed
  readonly use: ElementUse
  readonly id?: string | undefined
  readonly describedBy?: string | undefined
  readonly invalid?: boolean
  readonly label: string
}) {
  const placeholder = 'placeholder' in element ? element.placeholder?.text : undefined
  const shared = {
    id,
    className: 'field',
    'aria-label': id ? undefined : label,
    'aria-describedby': describedBy,
    'aria-invalid': invalid || undefined,
    placeholder,
  }
  const text = readTyped(element, use)
  const onChange = (event: { target: { value: string } }) => use.hold(holdTyped(element, event.target.value))
  // Reports as the block's configuration wants: when the line is done, or with each character.
  const done = 'dispatch_action_config' in element ? element.dispatch_action_config?.trigger_actions_on : undefined
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.key === 'Enter' && done?.includes('on_enter_pressed')) use.press()
  }
  if (element.type === 'rich_text_input' || (element.type === 'plain_text_input' && element.multiline)) {
    const limits = element.type === 'plain_text_input' ? { maxLength: element.max_length } : {}
    return <textarea {...shared} {...limits} rows={4} value={text} onChange={onChange} onKeyDown={onKeyDown} />
  }
  const limits = element.type === 'plain_text_input' ? { maxLength: element.max_length } : {}
  const range =
    element.type === 'number_input' ? { min: element.min_value, max: element.max_value, step: stepOf(element) } : {}
  return (
    <input
      {...shared}
      {...limits}
      {...range}
      type={inputTypes[element.type]}
      value={text}
      onChange={onChange}
      onKeyDown={onKeyDown}
    />
  )
}

const inputTypes: Readonly<Record<Typed['type'], string>> = {
  datepicker: 'date',
  timepicker: 'time',
  datetimepicker: 'datetime-local',
  email_text_input: 'email',
  url_text_input: 'url',
  number_input: 'number',
  plain_text_input: 'text',
  rich_text_input: 'text',
}

function stepOf(element: NumberInput): string {
  return element.is_decimal_allowed ? 'any' : '1'
}

function readTyped(element: Typed, { held }: ElementUse): string {
  if (element.type === 'datepicker') return String(held.selected_date ?? '')
  if (element.type === 'timepicker') return String(held.selected_time ?? '')
  if (element.type === 'datetimepicker') return writeLocal(held.selected_date_time)
  return String(held.value ?? '')
}

function holdTyped(element: Typed, text: string) {
  const content = text === '' ? null : text
  if (element.type === 'datepicker') return { selected_date: content }
  if (element.type === 'timepicker') return { selected_time: content }
  if (element.type === 'datetimepicker')
    return { selected_date_time: content === null ? null : Math.floor(new Date(text).getTime() / 1000) }
  return { value: content }
}

/** Seconds since the epoch as a local date and time without a zone, which is what browsers take. */
function writeLocal(seconds: unknown): string {
  if (typeof seconds !== 'number') return ''
  const at = new Date(seconds * 1000)
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}
