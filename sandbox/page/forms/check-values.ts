import type { InputBlock } from '@slack/types'
import { type Held, initialHold, readHeld } from '../blocks/hold.ts'

/** What is held by each input of a view, by block id: what was typed, else what it begins with. */
export function collectValues(
  inputs: readonly InputBlock[],
  heldOf: (block: string) => Held | undefined,
): ReadonlyMap<string, unknown> {
  return new Map(
    inputs.map((input) => {
      const block = input.block_id ?? ''
      return [block, readHeld(heldOf(block) ?? initialHold(input.element))]
    }),
  )
}

/** What Slack's own client would not send, in its words, by block id. */
export function checkValues(
  inputs: readonly InputBlock[],
  values: ReadonlyMap<string, unknown>,
): Readonly<Record<string, string>> {
  const errors = inputs.flatMap((input) => {
    const block = input.block_id ?? ''
    const wrong = checkValue(input, values.get(block) ?? null)
    return wrong === undefined ? [] : [[block, wrong] as const]
  })
  return Object.fromEntries(errors)
}

/** Values as the local Slack takes them: one text for each input, choices by their value. */
export function writeValues(values: ReadonlyMap<string, unknown>): Readonly<Record<string, string>> {
  return Object.fromEntries([...values].map(([block, value]) => [block, writeValue(value)]))
}

function checkValue({ element, optional }: InputBlock, value: unknown): string | undefined {
  if (value === null) return optional ? undefined : 'Please complete this required field.'
  if (typeof value !== 'string') return undefined
  switch (element.type) {
    case 'plain_text_input':
      if (element.min_length !== undefined && value.length < element.min_length)
        return `Please enter at least ${element.min_length} characters.`
      return value.length > (element.max_length ?? 3000) ? 'That is too long.' : undefined
    case 'email_text_input':
      return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value) ? undefined : 'Please enter a valid email address.'
    case 'url_text_input':
      return URL.canParse(value) ? undefined : 'Please enter a valid URL.'
    case 'number_input':
      return checkNumber(Number(value), element)
    default:
      return undefined
  }
}

function checkNumber(
  value: number,
  of: { is_decimal_allowed: boolean; min_value?: string; max_value?: string },
): string | undefined {
  if (Number.isNaN(value)) return 'Please enter a number.'
  if (!of.is_decimal_allowed && !Number.isInteger(value)) return 'Please enter a whole number.'
  if (of.min_value !== undefined && value < Number(of.min_value)) return `Please enter ${of.min_value} or more.`
  if (of.max_value !== undefined && value > Number(of.max_value)) return `Please enter ${of.max_value} or less.`
  return undefined
}

function writeValue(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (Array.isArray(value)) return value.map(writeValue).join(',')
  if (typeof value !== 'object') return String(value)
  const { value: own, text } = value as { value?: string; text?: { text: string } }
  return own ?? text?.text ?? ''
}
