import type { MultiSelect, Select } from '@slack/types'
import { type PageContext, usePage } from '../../page-context.ts'
import type { ElementUse } from '../use-element.ts'

/** A choice of a menu: `key` tells it apart, `holds` is what Slack reports for it. */
interface Choice {
  readonly key: string
  readonly words: string
  readonly holds: unknown
}

interface ChoiceGroup {
  readonly label: string
  readonly choices: readonly Choice[]
}

interface SelectProps<T> {
  readonly element: T
  readonly use: ElementUse
  /** Id of the control, for its label. */
  readonly id?: string | undefined
  readonly describedBy?: string | undefined
  readonly invalid?: boolean
}

/** A menu with one choice: options, people, conversations or channels. */
export function SelectElement({ element, use, id, describedBy, invalid }: SelectProps<Select>) {
  const { state } = usePage()
  const placeholder = element.placeholder?.text ?? 'Select an option'
  if (element.type === 'external_select') return <Elsewhere placeholder={placeholder} id={id} />
  const groups = listGroups(element, state)
  const field = fieldOf[element.type]
  const choices = groups.flatMap((group) => group.choices)
  const chosen = choices.find((choice) => isSame(choice, use.held[field]))
  return (
    <select
      className="field"
      id={id}
      aria-label={id ? undefined : placeholder}
      aria-describedby={describedBy}
      aria-invalid={invalid || undefined}
      disabled={use.pending}
      value={chosen?.key ?? ''}
      onChange={(event) => use.hold({ [field]: choices.find(({ key }) => key === event.target.value)?.holds ?? null })}
    >
      <option value="">{placeholder}</option>
      {groups.map((group) =>
        group.label === '' ? (
          group.choices.map((choice) => <OptionOf key={choice.key} choice={choice} />)
        ) : (
          <optgroup key={group.label} label={group.label}>
            {group.choices.map((choice) => (
              <OptionOf key={choice.key} choice={choice} />
            ))}
          </optgroup>
        ),
      )}
    </select>
  )
}

/** A menu with several choices, as boxes to tick: a list that needs a held key is beyond most people. */
export function MultiSelectElement({ element, use, id, describedBy }: SelectProps<MultiSelect>) {
  const { state } = usePage()
  const placeholder = element.placeholder?.text ?? 'Select options'
  if (element.type === 'multi_external_select') return <Elsewhere placeholder={placeholder} id={id} />
  const field = fieldOf[element.type]
  const held = use.held[field]
  const chosen = Array.isArray(held) ? held : []
  const full = element.max_selected_items !== undefined && chosen.length >= element.max_selected_items
  const toggle = (choice: Choice, on: boolean) =>
    use.hold({ [field]: on ? [...chosen, choice.holds] : chosen.filter((one) => !isSame(choice, one)) })
  return (
    <fieldset className="many" id={id} aria-label={placeholder} aria-describedby={describedBy} disabled={use.pending}>
      {listGroups(element, state).map((group) => (
        <div key={group.label}>
          {group.label === '' ? null : <span className="group-label">{group.label}</span>}
          {group.choices.map((choice) => {
            const on = chosen.some((one) => isSame(choice, one))
            return (
              <label key={choice.key} className="choice">
                <input
                  type="checkbox"
                  checked={on}
                  disabled={!on && full}
                  onChange={(event) => toggle(choice, event.target.checked)}
                />
                <span>{choice.words}</span>
              </label>
            )
          })}
        </div>
      ))}
    </fieldset>
  )
}

function OptionOf({ choice }: { readonly choice: Choice }) {
  return <option value={choice.key}>{choice.words}</option>
}

/** Choices that only the app could list, and the page does not ask it. */
function Elsewhere({ placeholder, id }: { readonly placeholder: string; readonly id: string | undefined }) {
  return (
    <select className="field" id={id} aria-label={id ? undefined : placeholder} disabled>
      <option>{placeholder}</option>
    </select>
  )
}

const fieldOf = {
  static_select: 'selected_option',
  users_select: 'selected_user',
  conversations_select: 'selected_conversation',
  channels_select: 'selected_channel',
  multi_static_select: 'selected_options',
  multi_users_select: 'selected_users',
  multi_conversations_select: 'selected_conversations',
  multi_channels_select: 'selected_channels',
} as const

type Listed = Exclude<Select | MultiSelect, { type: 'external_select' | 'multi_external_select' }>

function listGroups(element: Listed, state: PageContext['state']): ChoiceGroup[] {
  if (element.type === 'static_select' || element.type === 'multi_static_select') {
    const groups = element.option_groups ?? [{ label: { text: '' }, options: element.options ?? [] }]
    return groups.map(({ label, options }) => ({
      label: label.text,
      choices: options.map((one) => ({ key: one.value ?? one.text.text, words: one.text.text, holds: one })),
    }))
  }
  const users = element.type === 'users_select' || element.type === 'multi_users_select'
  const choices = users
    ? state.users.map(({ id, realName }) => ({ key: id, words: realName, holds: id }))
    : state.allChannels.map(({ id, name }) => ({ key: id, words: `#${name}`, holds: id }))
  return [{ label: '', choices }]
}

function isSame(choice: Choice, held: unknown): boolean {
  if (typeof held === 'string') return held === choice.key
  const option = held as { value?: string; text?: { text: string } } | null | undefined
  return option != null && (option.value ?? option.text?.text) === choice.key
}
