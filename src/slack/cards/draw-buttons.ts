import type { ActionsBlock, Button } from '@slack/types'
import { z } from 'zod'
import { buttonAsks, type CardButton } from '../../domain/card.ts'
import { limits } from './limits.ts'
import { type Voice, writePlain } from './write-text.ts'

/** What a button carries back when it is pressed: the command that does the same, and what its card showed. */
export const pressedSchema = z.object({
  command: z.string().min(1),
  approval: z.object({ id: z.string(), digest: z.string() }).exactOptional(),
  asks: z.enum(buttonAsks).exactOptional(),
})
export type Pressed = z.infer<typeof pressedSchema>

/** Reads a button's value; undefined for what Salvor did not write. */
export function readPressed(value: string | undefined): Pressed | undefined {
  try {
    return pressedSchema.safeParse(JSON.parse(value ?? '')).data
  } catch {
    return undefined
  }
}

/** Rows of buttons. `count` numbers them over the whole message, so that their action ids differ. */
export function drawButtons(buttons: readonly CardButton[], voice: Voice, count: { next: number }): ActionsBlock[] {
  const drawn = buttons.flatMap((button) => drawButton(button, voice, count))
  const rows: ActionsBlock[] = []
  for (let from = 0; from < drawn.length; from += limits.actionsElements)
    rows.push({ type: 'actions', elements: drawn.slice(from, from + limits.actionsElements) })
  return rows
}

function drawButton(button: CardButton, voice: Voice, count: { next: number }): Button[] {
  const { verb, rest, command, approval, style, confirm, asks } = button
  const value = JSON.stringify({ command, ...(approval ? { approval } : {}), ...(asks ? { asks } : {}) })
  // A value cannot be cut without changing what is asked for; its command can still be typed.
  if (value.length > limits.buttonValue) return []
  count.next += 1
  const text = plain(writePlain(`${verb} ${rest}`.trim(), voice, limits.buttonText))
  const dialog = confirm && {
    title: plain(writePlain(confirm.title, voice, limits.confirmTitle) || verb),
    text: plain(writePlain(confirm.text, voice, limits.confirmText) || verb),
    confirm: plain(verb),
    deny: plain('Back'),
    ...(style ? { style } : {}),
  }
  const id = `salvor:${verb.toLowerCase().replace(/\W+/g, ' ').trim().replaceAll(' ', '_')}:${count.next}`
  return [
    { type: 'button', action_id: id, text, value, ...(style ? { style } : {}), ...(dialog ? { confirm: dialog } : {}) },
  ]
}

function plain(text: string) {
  return { type: 'plain_text' as const, text, emoji: true }
}
