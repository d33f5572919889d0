import { describeError, type ErrorMessage } from './errors/error-message.ts'
import { defineTexts, type Message } from './message.ts'

/** Why a card is asked anew, or does not hold any more, by stable code. */
const texts = {
  job_stopped: 'the job was stopped',
  asked_anew: 'it was asked anew',
  run_by_over: 'the time to run it was over',
  undecided: 'nobody decided in time',
  not_started: 'it was not started in time',
  rows_lost: '{table}: {now} rows would be lost, {before} were shown',
  commands_changed: 'the commands differ',
  accepted_changed: 'other findings were accepted',
  proven_changed: 'what is proven changed',
  unproven_changed: 'what is not proven changed',
  warnings_changed: 'the warnings changed',
  back_changed: 'the way back changed',
  target_other: 'the target is {now}, not {before}',
  evidence_changed: 'the target or the evidence is not the same any more',
} as const

/** One reason; where an attempt found more than was approved and gave up, the error that says so. */
export type ApprovalWhy = Message<typeof texts> | ErrorMessage

const { make, describe } = defineTexts(texts)
export const approvalWhy = make

/** The reasons in words, for where they are shown. */
export function describeWhy(why: readonly ApprovalWhy[]): string {
  return why.map((one) => (Object.hasOwn(texts, one.code) ? describe(one) : describeError(one))).join('; ')
}

/** Its job was stopped: then no newer card asks. */
export function wasStopped(why: readonly ApprovalWhy[] | null): boolean {
  return why?.some(({ code }) => code === 'job_stopped') === true
}
