import type { ModalView, WebClient } from '@slack/web-api'
import type { ButtonVerb } from '../../../src/domain/card.ts'
import { silentLog } from '../../../src/ports/log.ts'
import type { StoreReader } from '../../../src/ports/reader.ts'
import type { Pressed } from '../../../src/slack/cards/draw-buttons.ts'
import { createModals } from '../../../src/slack/modals.ts'
import { makeApproval } from '../../slack/support/world.ts'
import { approval, incident, viewOf, voice } from './world.ts'

const bound = { id: 'a1', digest: makeApproval().digest }

/** What each button carries; those of `opens` open a modal first. */
const pressedByVerb: { readonly [V in ButtonVerb]: Pressed } = {
  Approve: { command: 'approve restore-1', approval: bound },
  Reject: { command: 'reject restore-1', approval: bound },
  Details: { command: 'status --incident 7', approval: bound },
  Stop: { command: 'stop restore-1' },
  Resume: { command: 'resume restore-1 --settle done' },
  Retry: { command: 'retry restore-1' },
  Undo: { command: 'undo restore-1' },
  Restore: { command: 'restore orders-db --backup d-0130' },
  Verify: { command: 'verify orders-db' },
  Close: { command: 'close' },
  'Start full recovery': { command: 'run full-recovery' },
  'Show backups': { command: 'backups orders-db' },
  'What failed?': { command: 'logs migration' },
  Pass: { command: 'pass uat-1' },
  Fail: { command: 'fail uat-1' },
  Blocked: { command: 'blocked uat-1' },
  Comment: { command: 'comment uat-1' },
  Acknowledge: { command: 'acknowledge restore-1' },
  Done: { command: 'done run-2/3' },
}

/** Every modal that a button opens, as Slack is sent it: each version of it. */
export async function listModals(): Promise<{ readonly name: string; readonly view: ModalView }[]> {
  const found: { name: string; view: ModalView }[] = []
  const withCode = { ...pressedByVerb.Approve, asks: 'code' as const }
  const asking = (asks: 'whole' | 'whole and code') => ['Approve', { ...pressedByVerb.Approve, asks }] as const
  const approving = [['Approve', withCode] as const, asking('whole'), asking('whole and code')]
  for (const [verb, pressed] of [...Object.entries(pressedByVerb), ...approving]) {
    for (const mayRead of verb === 'Details' ? [true, false] : [true]) {
      const views: ModalView[] = []
      const take = async ({ view }: { view: ModalView }) => {
        views.push(view)
        return { ok: true, view: { id: 'V1' } }
      }
      const modal = createModals({
        client: { views: { open: take, update: take } } as unknown as WebClient,
        reader: {
          viewIncident: async () => viewIncident(),
          viewJob: async () => viewIncident().jobs[0],
        } as unknown as StoreReader,
        ...{ voice: () => voice, mayRead: async () => mayRead, answerPrivately: async () => {}, log: silentLog },
      }).find(verb.toLowerCase(), pressed)
      const place = { channel: 'C0INC', thread: null, user: 'U0BOB', responseUrl: null }
      const person = { id: 'bob', slack: 'U0BOB' }
      await modal?.open('trigger', pressed, person as never, place as never)
      const allowed = mayRead ? '' : ' without a role'
      const asks = pressed.asks === undefined ? '' : ` ${pressed.asks}`
      found.push(...views.map((view, index) => ({ name: `modal ${verb}${asks}${allowed} ${index + 1}`, view })))
    }
  }
  return found
}

function viewIncident() {
  return {
    incident: incident(),
    jobs: [viewOf({ state: 'awaiting_approval' }, [], [approval({ digest: bound.digest })])],
  }
}
