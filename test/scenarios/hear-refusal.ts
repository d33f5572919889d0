import { expect } from 'vitest'
import { channel, type TestNight } from '../support/night.ts'
import { until } from '../support/until.ts'

/** What a refusal came to: the private answer's words, and the journal it is in (0: `system`). */
export interface Heard {
  readonly answer: string
  readonly incident: number
}

/**
 * Does what must be refused, and waits until the asker was answered privately and the journal has it. Fails if the
 * thread got another message, or if somebody else was answered.
 */
export async function hearRefusal(
  night: TestNight,
  person: string,
  code: string,
  act: () => Promise<unknown>,
): Promise<Heard> {
  const { slack } = night
  const others = ['alice', 'bob', 'dana', 'carol', 'dave', 'erin', 'oscar'].filter((one) => one !== person)
  const countOthers = () => others.reduce((sum, one) => sum + slack.ephemerals(one).length, 0)
  const before = { own: slack.ephemerals(person).length, others: countOthers(), public: countPublic(night) }
  const refusals = await readRefusals(night)
  await act()
  const answer = await slack.waitFor(`a private answer with ${code} to ${person}`, () =>
    slack.ephemerals(person).at(before.own),
  )
  const journaled = await until(`${code} in the journal`, async () => (await readRefusals(night))[refusals.length])
  expect(journaled).toMatchObject({ code })
  expect(slack.ephemerals(person)).toHaveLength(before.own + 1)
  expect(countOthers()).toBe(before.others)
  expect(countPublic(night)).toBe(before.public)
  return { answer: `${answer.text}\n${JSON.stringify(answer.blocks)}`, incident: journaled.incident }
}

/** Messages that others than the asker can read; cards that are edited in place do not count anew. */
function countPublic(night: TestNight): number {
  const { slack } = night
  const roots = ['C0INC', 'C0OPS', 'C0ELSE'].flatMap((one) => slack.messages(one))
  return roots.flatMap((root) => slack.thread(root.channel, root.ts)).filter((one) => one.byBot).length
}

/** Refusals of all journals, oldest first. */
export function readRefusals(night: TestNight) {
  return night.query<{ incident: number; code: string; actor: string; words: string }>(
    `SELECT incident::int, actor, data->>'code' AS code, data->>'words' AS words
       FROM salvor.events WHERE type = 'refused' ORDER BY at, incident, no`,
  )
}

/** Says a slash command in the incident's channel. */
export function command(night: TestNight, person: string, words: string, where = channel) {
  return night.slack.as(person).says(`/recover ${words}`, { channel: where })
}

/** Numbers of rows that a refused request must not add to. */
export async function countStarted(night: TestNight): Promise<{ incidents: number; jobs: number }> {
  const [row] = await night.query<{ incidents: number; jobs: number }>(
    `SELECT (SELECT count(*)::int FROM salvor.incidents WHERE number > 0) AS incidents,
            (SELECT count(*)::int FROM salvor.jobs) AS jobs`,
  )
  return row ?? { incidents: -1, jobs: -1 }
}
