import type { Answer, Ask } from '../domain/ask.ts'
import { reviveTimes } from './revive-times.ts'
import type { Row } from './rows.ts'

/** A question with what was answered, as JSON of the rows of its answers. */
export function readAsk(row: Row): Ask {
  const time = (name: string) => (row[name] instanceof Date ? (row[name] as Date).toISOString() : null)
  const { id, kind, incident, job, run, subject, question, roles, people, answers, needed, evidence, state } = row
  return {
    ...{ id, kind, incident, job, run, subject, question, roles, people, answers, needed, evidence, state },
    ...{ secondFactor: row.second_factor, reminders: row.reminders, escalateTo: row.escalate_to },
    ...{ remindEveryMs: row.remind_every_ms, askedAt: time('asked_at'), answerBy: time('answer_by') },
    ...{ remindAt: time('remind_at'), escalateAt: time('escalate_at'), escalatedAt: time('escalated_at') },
    given: (row.given as Row[]).map(readAnswer),
  } as unknown as Ask
}

function readAnswer(row: Row): Answer {
  const { person, answer, evidence, factor, at } = reviveTimes(row)
  return { person, answer, evidence, factor, at: (at as Date).toISOString() } as unknown as Answer
}
