import type { KnownBlock } from '@slack/types'
import type { Approval } from '../../domain/approval.ts'
import { buildApprovalDetails } from '../../domain/cards/approval-card.ts'
import type { Job } from '../../domain/job.ts'
import { writeCommands } from '../../domain/whole-commands.ts'
import { drawBlocks } from './draw-card.ts'
import { splitCode } from './draw-whole.ts'
import { limits } from './limits.ts'
import { type Voice, writeCode } from './write-text.ts'

/** Blocks for what stands before the commands; what is left of a view is theirs. */
const ROOM_FOR_REST = 45

/** The blocks of Details: the evidence, then every command. Where a view cannot hold them, it says how many it left out. */
export function drawDetails(approval: Approval, job: Job, voice: Voice): KnownBlock[] {
  const title = { type: 'mrkdwn', text: '*Does, exactly and in this order*' } as const
  const blocks: KnownBlock[] = [
    ...drawBlocks(buildApprovalDetails(approval, job), voice, ROOM_FOR_REST),
    { type: 'section', text: title },
  ]
  const parts = splitCode(writeCommands(approval.subject))
  let bytes = Buffer.byteLength(JSON.stringify(blocks))
  for (const [index, part] of parts.entries()) {
    const text = writeCode(part, limits.sectionText)
    const block: KnownBlock = { type: 'section', text: { type: 'mrkdwn', text } }
    bytes += Buffer.byteLength(JSON.stringify(block)) + 1
    if (blocks.length >= limits.modalBlocks - 1 || bytes > limits.viewBytes) {
      const lines = parts.slice(index).join('').split('\n').length
      const rest = `… and ${lines} more lines. A terminal shows all: \`salvor approve ${job.id}\``
      return [...blocks, { type: 'context', elements: [{ type: 'mrkdwn', text: rest }] }]
    }
    blocks.push(block)
  }
  return blocks
}
