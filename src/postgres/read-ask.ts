import type { Answer, Ask } from '../domain/ask.ts'
import { reviveTimes } from './revive-times.ts'
import type { Row } from './rows.ts'

/** SQL of the questions `q` that match, each with its answers, as JSON: to be read in the statement of what they are about. */
export function selectAsksOf(condition: string): string {
  return `(SELECT coalesce(jsonb_agg(to_jsonb(q) || jsonb_build_object('given', (SELECT coalesce(jsonb_agg(to_jsonb(g) ORDER BY g.no), '[]')
             FROM salvor.answers g WHERE g.ask = q.id)) ORDER BY q.asked_at, q.id), '[]') FROM salvor.asks q WHERE ${condition})`
}

/** A question with what was answered, as JSON of the rows of its answers. */
export function readAsk(row: Row): Ask {
  const time = (name: string) => (row[name] instanceof Date ? (row[name] as Date).toISOString() : null)
  const { id, kind, incident, job, run, subject, question, roles, answers, needed, evidence, state } = row
  return {
    ...{ id, kind, incident, job, run, subject, question, roles, answers, needed, evidence, state },
    ...{ reminders: row.reminders, escalateTo: row.escalate_to },
    ...{ remindEveryMs: row.remind_every_ms, askedAt: time('asked_at'), answerBy: time('answer_by') },
    ...{ remindAt: time('remind_at'), escalateAt: time('escalate_at'), escalatedAt: time('escalated_at') },
    given: (row.given as Row[]).map(readAnswer),
  } as unknown as Ask
}

function readAnswer(row: Row): Answer {
  const { person, answer, evidence, at } = reviveTimes(row)
  return { person, answer, evidence, at: (at as Date).toISOString() } as unknown as Answer
}
