import type { KnownBlock, ModalView } from '@slack/types'
import type { Pressed } from './draw-buttons.ts'
import { limits } from './limits.ts'

/** What a modal was opened from; it comes back when the modal is sent. */
export interface ModalOrigin {
  readonly pressed: Pressed
  readonly channel: string | null
  readonly thread: string | null
}

/** A modal that only shows; without blocks it says that it is looking. */
export function drawShell(title: string, blocks: readonly KnownBlock[]): ModalView {
  const looking: KnownBlock = { type: 'section', text: { type: 'mrkdwn', text: 'Looking …' } }
  return {
    type: 'modal',
    title: plain(title),
    close: plain('Close'),
    blocks: blocks.length > 0 ? [...blocks] : [looking],
  }
}

/** Asks why something is rejected. */
export function drawRejectModal(origin: ModalOrigin): ModalView {
  return drawQuestion('Reject', 'reject', origin, [askReason('Why do you reject it?')])
}

/** Asks for the one-time code that an approval takes. */
export function drawCodeModal(origin: ModalOrigin): ModalView {
  return drawQuestion('Approve', 'approve', origin, [askCode()])
}

/** The input for a one-time code. */
export function askCode(): KnownBlock {
  return {
    type: 'input',
    block_id: 'code',
    label: plain('The six digits that your device shows now'),
    hint: plain('You approve what is shown. Each code counts once.'),
    element: { type: 'plain_text_input', action_id: 'text', min_length: 6, max_length: 7 },
  }
}

/** Asks what was done by hand, and how it shows: evidence of a manual step. */
export function drawDoneModal(origin: ModalOrigin): ModalView {
  return drawQuestion('Done', 'done', origin, [askReason('What did you do, and how do you know that it worked?')])
}

/** Asks a tester what they saw. */
export function drawCaseModal(origin: ModalOrigin): ModalView {
  const verb = origin.pressed.command.split(' ')[0] ?? ''
  const title = verb === 'fail' ? 'Fail' : verb === 'blocked' ? 'Blocked' : 'Comment'
  return drawQuestion(title, verb, origin, [askReason('What did you see?')])
}

/** Asks what a person saw at the target, where the world could not tell. */
export function drawSettleModal(origin: ModalOrigin): ModalView {
  const choices = [
    { text: plain('It happened'), value: 'done' },
    { text: plain('It did not happen'), value: 'not-done' },
  ]
  const settle: KnownBlock = {
    type: 'input',
    block_id: 'settle',
    label: plain('Did the step happen?'),
    element: { type: 'radio_buttons', action_id: 'choice', options: choices },
  }
  return drawQuestion('Resume', 'resume', origin, [settle, askReason('How do you know?')])
}

/** A window that sends something back. */
export function drawQuestion(title: string, name: string, origin: ModalOrigin, blocks: KnownBlock[]): ModalView {
  return {
    type: 'modal',
    callback_id: `salvor:${name}`,
    title: plain(title.slice(0, limits.modalTitle)),
    submit: plain(title),
    close: plain('Back'),
    private_metadata: JSON.stringify(origin).slice(0, limits.privateMetadata),
    blocks,
  }
}

function askReason(label: string): KnownBlock {
  return {
    type: 'input',
    block_id: 'reason',
    label: plain(label),
    element: { type: 'plain_text_input', action_id: 'text', multiline: true, max_length: 500 },
  }
}

function plain(text: string) {
  return { type: 'plain_text' as const, text, emoji: true }
}
