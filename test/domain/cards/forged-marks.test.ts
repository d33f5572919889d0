import { expect, test } from 'vitest'
import type { Card } from '../../../src/domain/card.ts'
import { buildApprovalCard, buildApprovalDetails } from '../../../src/domain/cards/approval-card.ts'
import { buildCaseCard } from '../../../src/domain/cards/case-card.ts'
import { buildHandoverCard } from '../../../src/domain/cards/handover-card.ts'
import { buildLineCard } from '../../../src/domain/cards/line-card.ts'
import type { RootCardExtra } from '../../../src/domain/cards/root-card.ts'
import type { Event } from '../../../src/domain/events.ts'
import { plainText } from '../../../src/domain/text.ts'
import { describeEvent } from '../../../src/report/describe-event.ts'
import { drawMessage } from '../../../src/slack/cards/draw-card.ts'
import { escapeText } from '../../../src/slack/cards/write-text.ts'
import { listEffects } from '../../../src/slack/lines.ts'
import { makeJob } from '../../slack/support/world.ts'
import { caseAsk, caseView } from '../../support/card-samples/cases.ts'
import { approval, incident, now, viewOf, voice } from '../../support/card-samples/world.ts'

/** As names.ts speaks: only whom the plan or Slack knows is mentioned. */
const spoken = { ...voice, person: (id: string) => (/^[a-z]+$/.test(id) ? voice.person(id) : escapeText(`@${id}`)) }

/** Words of somebody who would like to ring eve, name a channel, link somewhere, and turn what follows. */
const evil = '⟦person:eve⟧ <@U0EVE> <!channel> ⟦channel:C0EVE⟧ <https://eve.example|here> \u202eevil\u200b'
const at = now.toISOString()

const events = [
  { type: 'page_acknowledged', data: { approval: 'a1', page: 'p', by: evil } },
  { type: 'incident_updated', data: { text: evil, severity: 2 } },
  { type: 'note_added', data: { text: evil, lesson: true } },
  { type: 'run_succeeded', data: { run: 'run-1', title: evil, done: 1, skipped: 0 } },
  { type: 'approval_decided', data: { approval: 'a1', step: 's', decision: 'reject', reason: evil } },
  {
    type: 'case_judged',
    data: { ask: 'ask-1', question: caseAsk({}).question, answer: 'fail', comment: evil },
  },
].map((one, index) => ({
  ...{ incident: 7, no: index + 1, at, job: 'restore-1', actor: 'dave', prevHash: '', hash: '', ...one },
})) as unknown as Event[]

const view = {
  incident: incident({ title: evil, lead: 'bob', updateText: evil, updatedBy: 'alice', updatedAt: at }),
  jobs: [viewOf({ state: 'awaiting_approval', words: evil }, [], [approval()])],
}
const extra: RootCardExtra = {
  awaitedByJob: { 'restore-1': [evil] },
  headlinesByJob: { 'restore-1': 'orders-db' },
  runs: [{ line: 'run-1', awaits: [plainText(evil)] }],
}
const given = [{ person: 'dave', answer: 'fail', evidence: evil, at }] as const
const suite = { name: evil, as: evil, given: evil, do: evil, expect: evil, url: evil, covers: [] }
const ours = { acknowledgedBy: evil, acknowledgedAt: at, pagedAt: at }
const decisions = [{ person: 'bob', decision: 'reject', reason: evil, at, factor: null, emergency: false }] as never

const cards: { readonly [name: string]: Card } = {
  'a case of an acceptance test': buildCaseCard(caseAsk({ given: [...given] as never }), caseView, suite, ['dave']),
  'a hand-over': buildHandoverCard(view, events, now, extra),
  'an approval that somebody was paged about': buildApprovalCard(
    approval(ours),
    makeJob({ words: evil }),
    ['bob'],
    now,
  ),
  'an approval that was rejected': buildApprovalCard(
    approval({ state: 'rejected', decisions }),
    makeJob(),
    ['bob'],
    now,
  ),
  'its details': buildApprovalDetails(approval({ ...ours, decisions }), makeJob({ words: evil })),
}

const linesOf = (event: Event) => [
  ...listEffects(event).flatMap((effect) =>
    effect.kind === 'say' || effect.kind === 'run_end' ? [[`the line of ${event.type}`, effect.text] as const] : [],
  ),
  [`the report of ${event.type}`, describeEvent(event) ?? ''] as const,
]
const lines = events.flatMap(linesOf)

test.each([...Object.entries(cards), ...lines.map(([name, text]) => [name, buildLineCard(text)] as const)])(
  'nobody is rung, linked or misled by foreign words in %s',
  (_name, card) => {
    const { text, blocks } = drawMessage(card, spoken)
    const all = `${text} ${JSON.stringify(blocks)}`
    expect(all).not.toMatch(/<@U0EVE>|<!channel>|<#C0EVE>|<https:\/\/eve|\u202e|\u200b/)
    // What is not shown at all rings nobody either.
    expect(all).toContain('evil')
  },
)

test('the words stand in what the journal tells, escaped, and who is awaited by the name that they have', () => {
  const shown = JSON.stringify(drawMessage(cards['a hand-over'] as Card, spoken).blocks)
  expect(shown).toContain('&lt;!channel&gt;')
  expect(shown).toMatch(/Waiting for [^"]*evil/)
})
