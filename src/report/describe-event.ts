import { describeAll } from '../domain/acceptance.ts'
import { describeWhy } from '../domain/approval-why.ts'
import { describeQuestion, listUnreached } from '../domain/ask.ts'
import { sayRunDone } from '../domain/cards/run-words.ts'
import { describeError } from '../domain/errors/error-message.ts'
import type { Event, EventMap, EventType } from '../domain/events.ts'
import { describeLeft } from '../domain/left-behind.ts'
import { describePageTrouble } from '../domain/page.ts'
import { nameSteps } from '../domain/procedure.ts'
import { markPerson, markTime, plainText } from '../domain/text.ts'

/** One line of the timeline for an event, or null for what only the engine needs to read again. May carry marks. */
export function describeEvent(event: Event): string | null {
  const line = lines[event.type] as (data: never, event: Event) => string | null
  return line(event.data as never, event)
}

type Lines = { readonly [K in EventType]: (data: EventMap[K], event: Event) => string | null }

/** Every kind of fact has its line, or says that it has none: a new one does not compile without. */
const lines: Lines = {
  incident_opened: ({ title, severity }) => `Opened: ${plainText(title)}, severity ${severity}`,
  incident_recovered: () => 'Recovered',
  incident_closed: ({ reason }) => (reason ? `Closed without recovery: ${plainText(reason)}` : 'Closed'),
  incident_reopened: () => 'Opened again',
  incident_began_set: ({ beganAt, source }) => `The migration began ${markTime(beganAt, 'both')} (${source})`,
  incident_handed_over: ({ to }) => `Handed over to ${markPerson(to)}`,
  incident_updated: ({ text, severity }) =>
    `Update: ${plainText(text)}${severity === null ? '' : `, severity now ${severity}`}`,
  note_added: ({ text, lesson }) => `${lesson ? 'Lesson' : 'Note'}: ${plainText(text)}`,
  message_pinned: ({ author, text }) =>
    `Put on the record, by ${author === 'salvor' ? 'Salvor' : markPerson(author)}: ${plainText(text)}`,
  message_unpinned: () => 'A message was taken off the record',
  message_edited: ({ text }) => `A message on the record now says: ${plainText(text)}`,
  message_deleted: () => 'A message on the record was deleted by its author',
  job_requested: ({ words }, event) => `${event.job} asked for: ${plainText(words)}`,
  job_planned: ({ steps }, event) => `${event.job} planned: ${steps.map(({ name }) => name).join(', ')}`,
  job_started: (_data, event) => `${event.job} started`,
  job_succeeded: ({ summary }, event) => `${event.job} done: ${summary}`,
  job_failed: ({ failure }, event) => `${event.job} failed: ${plainText(describeError(failure))} (${failure.code})`,
  job_stopped: ({ left }, event) =>
    `${event.job} stopped, left: ${plainText(left.map(describeLeft).join('; ')) || 'nothing'}`,
  job_rejected: ({ reason }, event) => `${event.job} rejected: ${plainText(reason)}`,
  job_needs_person: ({ step, why }, event) =>
    `${event.job} needs a person, did ${step} happen? ${plainText(describeError(why))}`,
  job_resumed: (_data, event) => `${event.job} resumed`,
  findings_accepted: ({ step, findings, reason }, event) =>
    `${event.job}: went on over what ${step} found: ${plainText(describeAll(findings).join('; '))}. Why: ${plainText(reason)}`,
  job_retried: ({ step, attempt }, event) => `${event.job}: ${step} again, attempt ${attempt}`,
  stop_requested: (_data, event) => `Stop of ${event.job} asked for`,
  clean_up_requested: (_data, event) => `Clean-up after ${event.job} asked for`,
  cleaned_up: ({ left }, event) =>
    `Cleaned up after ${event.job}, left: ${plainText(left.map(describeLeft).join('; ')) || 'nothing'}`,
  lock_taken: () => null,
  lock_released: ({ target, by, ended }, event) =>
    by === null ? null : `Lock on ${target} taken from ${event.job}: ${ended}`,
  step_started: ({ step, attempt }, event) => `${event.job}: ${step} started, attempt ${attempt}`,
  step_done: ({ step }, event) => `${event.job}: ${step} done`,
  step_failed: ({ step, failure }, event) =>
    `${event.job}: ${step} failed: ${plainText(describeError(failure))} (${failure.code})`,
  step_skipped: ({ step }, event) => `${event.job}: ${step} skipped`,
  step_in_doubt: ({ step, why }, event) => `${event.job}: ${step} in doubt: ${plainText(describeError(why))}`,
  step_settled: ({ step, answer, by, reason, why }, event) => {
    const said = reason ?? (why === null ? 'the target was looked at' : describeError(why))
    return `${event.job}: ${step} settled as ${answer} by ${markPerson(by)}: ${plainText(said)}`
  },
  step_recorded: () => null,
  approval_asked: ({ subject, code, approveBy }, event) =>
    `${event.job}: approval of ${plainText(subject.action)} asked (${code}), by ${markTime(approveBy)}`,
  approval_decided: ({ decision, code, reason }, event) =>
    decision === 'approve'
      ? `${event.job}: approved what was shown (${code})`
      : `${event.job}: rejected what was shown (${code}): ${plainText(reason ?? 'no reason')}`,
  approval_granted: ({ code, runBy }, event) =>
    `${event.job}: approval ${code} granted, to be used by ${markTime(runBy)}`,
  approval_used: ({ code }, event) => `${event.job}: approval ${code} used`,
  approval_expired: ({ code }, event) => `${event.job}: approval ${code} ran out`,
  approval_closed: ({ action, wrong }, event) =>
    `${event.job}: ${wrong} wrong codes were typed for ${plainText(action)}, only the buttons of its card decide now`,
  approval_reminded: ({ code, approveBy }, event) =>
    `${event.job}: nobody has decided ${code} yet, it waits until ${markTime(approveBy)}`,
  approval_escalated: ({ code, to }, event) =>
    `${event.job}: nobody decided ${code} in time, ${to.map(plainText).join(' or ')} may as well`,
  page_sent: ({ tries }, event) =>
    `${event.job}: somebody was paged about its approval${tries > 1 ? `, at try ${tries}` : ''}`,
  page_failed: ({ why }, event) => `${event.job}: nobody could be paged: ${plainText(describePageTrouble(why))}`,
  page_acknowledged: ({ by }, event) => `${event.job}: ${plainText(by)} was paged and is awake, as the pager says`,
  approval_emergency: ({ code, action, reason }, event) =>
    `${event.job}: EMERGENCY, nobody answered and ${plainText(action)} (${code}) goes on alone: ${plainText(reason)}`,
  approval_superseded: ({ code, why }, event) =>
    `${event.job}: approval ${code} no longer holds: ${plainText(describeWhy(why))}`,
  run_started: ({ run, title, words }) => `${run} started, ${plainText(title)}: ${plainText(words)}`,
  run_step_started: ({ run, step, title, job }) => `${run}: step ${step}, ${plainText(title)}, is ${job}`,
  run_step_asked: ({ run, step, title, owner }) =>
    `${run}: step ${step}, ${plainText(title)}, waits for ${plainText(owner)}`,
  run_step_done: ({ run, step, title, evidence }) =>
    `${run}: step ${step}, ${plainText(title)}, done by hand: ${plainText(evidence)}`,
  run_step_refused: ({ run, step, title, failure }) =>
    `${run}: step ${step}, ${plainText(title)}, could not start: ${plainText(describeError(failure))} (${failure.code})`,
  people_asked: () => null,
  ask_reminded: ({ question }) => `Still waits for somebody to ${plainText(describeQuestion(question))}`,
  ask_escalated: ({ question, to }) =>
    `Nobody answered in time, ${to.map(plainText).join(' or ')} may as well: ${plainText(describeQuestion(question))}`,
  people_unreached: (of, event) => `${event.job} could not reach everybody it asked: ${listUnreached(of).join(', ')}`,
  case_judged: ({ question, answer, comment }) =>
    `${answer}: ${plainText(describeQuestion(question))}${comment ? `: ${plainText(comment)}` : ''}`,
  people_answered: ({ answers }, event) => `${event.job}: ${answers} answers, it goes on`,
  ask_expired: ({ question }) => `No answer in time: ${plainText(describeQuestion(question))}`,
  run_succeeded: (data) => `${data.run} done: ${sayRunDone(data)}`,
  run_failed: ({ run, steps }) => `${run} failed at ${nameSteps(steps)}`,
  run_stopped: ({ run }) => `${run} stopped`,
  run_needs_person: ({ run, steps }) => `${run} needs a person at ${nameSteps(steps)}`,
  run_resumed: ({ run, steps }) => `${run} resumed${steps.length > 0 ? ` at step ${steps.join(', ')}` : ''}`,
  run_stop_requested: ({ run }) => `Stop of ${run} asked for`,
  refused: ({ words, ...error }) => `Refused «${plainText(words)}»: ${plainText(describeError(error))}`,
  plan_loaded: ({ title, digest }) => `Plan in force: ${plainText(title)} (${digest.slice(0, 8)})`,
  plan_refused: (error) => `Plan refused: ${plainText(describeError(error))}`,
  report_made: ({ events, sha256 }) => `Report made of ${events} events (sha256 ${sha256.slice(0, 8)})`,
}
