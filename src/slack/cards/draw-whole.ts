import type { KnownBlock, ModalView } from '@slack/types'
import type { Approval } from '../../domain/approval.ts'
import { buildWholeCard } from '../../domain/cards/approval-card.ts'
import { SalvorError } from '../../domain/errors/fail.ts'
import type { Job } from '../../domain/job.ts'
import { approvalCode, writeWhole } from '../../domain/whole-commands.ts'
import { drawBlocks } from './draw-card.ts'
import { askCode, drawQuestion, type ModalOrigin } from './draw-modal.ts'
import { limits } from './limits.ts'
import { type Voice, writeCode } from './write-text.ts'

/** Blocks for what stands before and after the commands. */
const ROOM_FOR_REST = 15
/** Characters of a part before it is looked at how long Slack's own marks make it. */
const PART = 2_400

/**
 * All commands of an approval in one window, whose submit approves; below the last line stands the code for words.
 * Throws `approval_too_long` where one window cannot hold them: nothing that is cut can be approved.
 */
export function drawWholeModal(approval: Approval, job: Job, origin: ModalOrigin, voice: Voice): ModalView {
  const parts = splitCode(writeWhole(approval.subject))
  const asksCode = origin.pressed.asks === 'whole and code'
  const card = buildWholeCard(approval, job)
  const blocks: KnownBlock[] = [
    ...drawBlocks(card, voice, ROOM_FOR_REST - 3),
    ...parts.map(
      (text): KnownBlock => ({ type: 'section', text: { type: 'mrkdwn', text: writeCode(text, limits.sectionText) } }),
    ),
    {
      type: 'context',
      elements: [{ type: 'mrkdwn', text: `That is all. In words: \`approve ${job.id} ${approvalCode(approval)}\`` }],
    },
    ...(asksCode ? [askCode()] : []),
  ]
  const view = drawQuestion('Approve', 'approve', origin, blocks)
  const isTooLong = blocks.length > limits.modalBlocks || Buffer.byteLength(JSON.stringify(view)) > limits.viewBytes
  if (isTooLong) throw new SalvorError('approval_too_long', { job: job.id })
  return view
}

/** Parts that one section holds, cut at line ends where there are some: together they are the whole text. */
export function splitCode(text: string): string[] {
  const parts: string[] = []
  let rest = text
  while (rest !== '') {
    let part = rest.slice(0, PART)
    // Escaped characters are longer; nothing may be cut when it is written.
    while (part.length > 1 && writeCode(part, Number.POSITIVE_INFINITY).length > limits.sectionText) {
      part = part.slice(0, Math.ceil(part.length / 2))
    }
    if (part.length < rest.length) {
      const end = part.lastIndexOf('\n')
      part = end > 0 ? part.slice(0, end + 1) : part.replace(/(?<=.)[\ud800-\udbff]$/s, '')
    }
    parts.push(part)
    rest = rest.slice(part.length)
  }
  return parts
}
