import { isObject } from '../blocks/shape.ts'
import { describeValue } from '../read/describe-blocks.ts'
import { findConversation, findUser, type State } from '../state.ts'
import type { Block } from '../workspace.ts'

type Element = Readonly<Record<string, unknown>>

/**
 * The state of a view's inputs, by block id and action id. Values are given by label, block id or action id;
 * what is not given keeps its initial value. Rejects what Slack itself would not let through.
 */
export function fillInputs(state: State, blocks: readonly Block[], values: Readonly<Record<string, string>>) {
  const filled: Record<string, Record<string, unknown>> = {}
  const used = new Set<string>()
  for (const block of blocks) {
    const element = block.element
    if (block.type !== 'input' || !isObject(element)) continue
    const name = [describeValue(block.label), block.block_id ?? '', String(element.action_id)].find(
      (one) => one in values,
    )
    if (name !== undefined) used.add(name)
    const given = name === undefined ? undefined : values[name]
    const content = fillElement(state, element, given)
    requireFilled(block, element, content)
    filled[block.block_id ?? ''] = { [String(element.action_id)]: { type: element.type, ...content } }
  }
  const unused = Object.keys(values).filter((name) => !used.has(name))
  if (unused.length > 0) throw new Error(`the modal has no input ${unused.join(', ')}`)
  return filled
}

function fillElement(state: State, element: Element, given: string | undefined): Record<string, unknown> {
  const type = String(element.type)
  const many = (text: string) => text.split(',').map((one) => one.trim())
  if (given === undefined) return initialContent(element)
  // Emptied by a person: what an element of its type holds that begins with nothing.
  if (given === '') return initialContent({ type })
  if (type === 'datepicker') return { selected_date: given }
  if (type === 'timepicker') return { selected_time: given }
  if (type === 'datetimepicker') return { selected_date_time: Number(given) }
  if (type === 'checkboxes' || type === 'multi_static_select')
    return { selected_options: many(given).map((one) => findOption(element, one)) }
  if (type === 'static_select' || type === 'radio_buttons') return { selected_option: findOption(element, given) }
  if (type === 'users_select') return { selected_user: findUser(state, given)?.id ?? given }
  if (type === 'multi_users_select')
    return { selected_users: many(given).map((one) => findUser(state, one)?.id ?? one) }
  if (type === 'channels_select') return { selected_channel: findConversation(state, given)?.id ?? given }
  if (type === 'conversations_select') return { selected_conversation: findConversation(state, given)?.id ?? given }
  if (type === 'multi_channels_select')
    return { selected_channels: many(given).map((one) => findConversation(state, one)?.id ?? one) }
  if (type === 'multi_conversations_select')
    return { selected_conversations: many(given).map((one) => findConversation(state, one)?.id ?? one) }
  if (type === 'rich_text_input') return { rich_text_value: writeRichText(given) }
  return { value: given }
}

function initialContent(element: Element): Record<string, unknown> {
  const type = String(element.type)
  if (type === 'datepicker') return { selected_date: element.initial_date ?? null }
  if (type === 'timepicker') return { selected_time: element.initial_time ?? null }
  if (type === 'datetimepicker') return { selected_date_time: element.initial_date_time ?? null }
  if (type === 'checkboxes' || type === 'multi_static_select')
    return { selected_options: element.initial_options ?? [] }
  if (type === 'static_select' || type === 'radio_buttons') return { selected_option: element.initial_option ?? null }
  if (type === 'users_select') return { selected_user: element.initial_user ?? null }
  if (type === 'multi_users_select') return { selected_users: element.initial_users ?? [] }
  if (type === 'channels_select') return { selected_channel: element.initial_channel ?? null }
  if (type === 'multi_channels_select') return { selected_channels: element.initial_channels ?? [] }
  if (type === 'multi_conversations_select') return { selected_conversations: element.initial_conversations ?? [] }
  if (type === 'rich_text_input') return { rich_text_value: element.initial_value ?? null }
  if (type === 'conversations_select') return { selected_conversation: element.initial_conversation ?? null }
  return { value: element.initial_value ?? null }
}

function writeRichText(text: string) {
  const section = { type: 'rich_text_section', elements: [{ type: 'text', text }] }
  return { type: 'rich_text', elements: [section] }
}

function findOption(element: Element, wanted: string): unknown {
  const groups = Array.isArray(element.option_groups) ? element.option_groups : []
  const grouped = groups.flatMap((group: unknown) => (isObject(group) ? group.options : []))
  const options = [element.options, grouped].flat().filter(isObject)
  const found = options.find((one) => describeValue(one.text) === wanted || one.value === wanted)
  if (!found)
    throw new Error(`there is no option "${wanted}", but ${options.map((one) => describeValue(one.text)).join(', ')}`)
  return found
}

/** The checks of Slack's own client: required inputs, and lengths of texts. */
function requireFilled(block: Block, element: Element, content: Record<string, unknown>): void {
  const [held] = Object.values(content)
  const label = describeValue(block.label)
  const empty = held === null || held === undefined || (Array.isArray(held) && held.length === 0)
  if (empty && block.optional !== true) throw new Error(`"${label}" is required`)
  if (typeof held !== 'string' || element.type !== 'plain_text_input') return
  const { min_length: least, max_length: most } = element
  if (typeof least === 'number' && held.length < least) throw new Error(`"${label}" needs ${least} characters`)
  if (held.length > (typeof most === 'number' ? most : 3000)) throw new Error(`"${label}" is too long`)
}
