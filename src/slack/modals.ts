import type { View, WebClient } from '@slack/web-api'
import { z } from 'zod'
import { buildErrorCard } from '../domain/cards/error-card.ts'
import { describeFailure, SalvorError } from '../domain/errors/fail.ts'
import type { Person } from '../domain/person.ts'
import type { Log } from '../ports/log.ts'
import type { StoreReader } from '../ports/reader.ts'
import type { AnswerPrivately } from './answer.ts'
import { callSlack } from './call.ts'
import { type Pressed, pressedSchema } from './cards/draw-buttons.ts'
import { drawBlocks } from './cards/draw-card.ts'
import { drawDetails } from './cards/draw-details.ts'
import {
  drawCaseModal,
  drawCodeModal,
  drawDoneModal,
  drawRejectModal,
  drawSettleModal,
  drawShell,
  type ModalOrigin,
} from './cards/draw-modal.ts'
import { drawWholeModal } from './cards/draw-whole.ts'
import { limits } from './cards/limits.ts'
import type { Voice } from './cards/write-text.ts'
import type { ReplyPlace, Words } from './inbox.ts'

/** What a sent modal said, or what is wrong with it, by block id. */
interface SentModal {
  readonly text: string
  readonly button: NonNullable<Words['button']>
  readonly channel: string | null
  readonly thread: string | null
  /** A one-time code, to be used up before the words count. */
  readonly code?: string
  readonly errors?: { readonly [block: string]: string }
}

interface Modal {
  /** Opens before any other I/O: the trigger dies 3 s after the click. */
  open(trigger: string, pressed: Pressed, person: Person, place: ReplyPlace): Promise<void>
}

export interface Modals {
  /** The modal that a button opens; undefined for buttons that take effect at once. */
  find(verb: string, pressed: Pressed): Modal | undefined
  /** What a sent modal says; undefined for one without words. */
  read(view: { callback_id: string; private_metadata: string; state: { values: unknown } }): SentModal | undefined
}

/** What a person saw is asked for; the button's own word stands only for the question. */
const settling = /--settle (done|not-done)$/

const originSchema = z.object({ pressed: pressedSchema, channel: z.string().nullable(), thread: z.string().nullable() })
const valuesSchema = z.object({
  reason: z.object({ text: z.object({ value: z.string().nullish() }) }).optional(),
  code: z.object({ text: z.object({ value: z.string().nullish() }) }).optional(),
  settle: z.object({ choice: z.object({ selected_option: z.object({ value: z.string() }).nullish() }) }).optional(),
})

/**
 * Modals: Details shows, Approve shows what its card could not and asks for a code where one is wanted, Reject asks why, Done how one knows, Resume of an
 * unsettled job what a person saw.
 */
export function createModals(of: {
  readonly client: WebClient
  readonly reader: StoreReader
  readonly voice: () => Voice
  readonly mayRead: (person: Person) => Promise<boolean>
  readonly answerPrivately: AnswerPrivately
  readonly log: Log
}): Modals {
  const open = async (trigger: string, view: View, pressed: Pressed, place: ReplyPlace) => {
    const opened = await callSlack(() => of.client.views.open({ trigger_id: trigger, view }))
    if (opened.kind === 'ok') return opened.value.view?.id
    of.log.warn({ outcome: opened }, 'a modal did not open')
    await of.answerPrivately(buildErrorCard({ code: 'slack_window', facts: { command: pressed.command } }), place)
    return undefined
  }
  const asking = (draw: (origin: ModalOrigin) => View): Modal => ({
    async open(trigger, pressed, _person, place) {
      await open(trigger, draw({ pressed, channel: place.channel, thread: place.thread }), pressed, place)
    },
  })
  const details: Modal = {
    async open(trigger, pressed, person, place) {
      const view = await open(trigger, drawShell('Details', []), pressed, place)
      if (!view) return
      const blocks = await readDetails(of, pressed, person).catch((error: unknown) =>
        drawBlocks(buildErrorCard(describeFailure(error, (text) => text)), of.voice(), limits.modalBlocks),
      )
      const shown = await callSlack(() => of.client.views.update({ view_id: view, view: drawShell('Details', blocks) }))
      if (shown.kind !== 'ok') of.log.warn({ outcome: shown }, 'details did not show')
    },
  }
  const whole: Modal = {
    async open(trigger, pressed, person, place) {
      const view = await open(trigger, drawShell('Approve', []), pressed, place)
      if (!view) return
      const drawn = await drawWhole(of, pressed, person, place).catch((error: unknown) => {
        const card = buildErrorCard(describeFailure(error, (text) => text))
        return drawShell('Approve', drawBlocks(card, of.voice(), limits.modalBlocks))
      })
      const shown = await callSlack(() => of.client.views.update({ view_id: view, view: drawn }))
      if (shown.kind !== 'ok') of.log.warn({ outcome: shown }, 'what is approved did not show')
    },
  }
  return {
    find(verb, pressed) {
      if (verb === 'details') return details
      if (verb === 'approve' && pressed.asks?.startsWith('whole')) return whole
      if (verb === 'approve' && pressed.asks === 'code') return asking(drawCodeModal)
      if (verb === 'reject') return asking(drawRejectModal)
      if (verb === 'done' && /^done run-/.test(pressed.command)) return asking(drawDoneModal)
      if (/^(fail|blocked|comment)$/.test(verb)) return asking(drawCaseModal)
      if (verb === 'resume' && settling.test(pressed.command)) return asking(drawSettleModal)
      return undefined
    },
    read: readModal,
  }
}

type Reading = { reader: StoreReader; mayRead: (person: Person) => Promise<boolean> }

/** Exactly what the pressed button's card was about; one that does not wait any more is said to have ended. */
async function drawWhole(
  of: Reading & { voice: () => Voice },
  pressed: Pressed,
  person: Person,
  place: ReplyPlace,
): Promise<View> {
  if (!(await of.mayRead(person))) throw new SalvorError('role_none', { others: 'a person with a role' })
  const [, job = ''] = /^approve (\S+)/.exec(pressed.command) ?? []
  const view = await of.reader.viewJob(job)
  const { id, digest } = pressed.approval ?? {}
  const approval = view?.approvals.find((one) => one.id === id && one.digest === digest)
  if (!view || !approval) throw new SalvorError('approval_stale')
  if (approval.state !== 'asked') throw new SalvorError('approval_ended', { state: approval.state })
  return drawWholeModal(approval, view.job, { pressed, channel: place.channel, thread: place.thread }, of.voice())
}

async function readDetails(of: Reading & { voice: () => Voice }, pressed: Pressed, person: Person) {
  if (!(await of.mayRead(person))) throw new SalvorError('role_none', { others: 'a person with a role' })
  const incident = Number(/--incident (\d+)/.exec(pressed.command)?.[1])
  for (const { job, approvals } of (await of.reader.viewIncident(incident))?.jobs ?? []) {
    const approval = approvals.find((one) => one.id === pressed.approval?.id)
    if (approval) return drawDetails(approval, job, of.voice())
  }
  throw new SalvorError('incident_unknown', { number: incident })
}

function readModal(view: Parameters<Modals['read']>[0]): SentModal | undefined {
  const origin = parseOrigin(view.private_metadata)
  const values = valuesSchema.safeParse(view.state.values).data
  if (!origin) return undefined
  const { pressed, channel, thread } = origin
  if (values?.code) {
    const code = values.code.text.value?.replace(/\s+/g, '') ?? ''
    const sent = { text: pressed.command, button: pressed, channel, thread, code }
    return /^\d{6}$/.test(code) ? sent : { ...sent, errors: { code: 'A code has six digits.' } }
  }
  // All of it was shown, and nothing more is asked.
  if (pressed.asks === 'whole') return { text: pressed.command, button: pressed, channel, thread }
  if (!values?.reason) return undefined
  const reason = values.reason.text.value?.replace(/\s+/g, ' ').trim() ?? ''
  const settled = values.settle?.choice.selected_option?.value
  const command = settled ? pressed.command.replace(settling, `--settle ${settled}`) : pressed.command
  const sent = { text: `${command} --reason ${reason}`, button: pressed, channel, thread }
  return reason === '' ? { ...sent, errors: { reason: 'Please give a reason: it stands in the journal.' } } : sent
}

function parseOrigin(text: string) {
  try {
    return originSchema.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}
