import { z } from 'zod'
import { buildLineCard } from '../src/domain/cards/line-card.ts'
import { SalvorError } from '../src/domain/errors/fail.ts'
import type { RecoveryPlan } from '../src/domain/recovery-plan.ts'
import { markPerson } from '../src/domain/text.ts'
import { defineCommand } from '../src/engine/define-command.ts'

export const handover = defineCommand({
  name: 'handover',
  usage: 'handover <person>',
  summary: 'Another person leads the incident from now on, and is told where everything stands.',
  examples: ['handover @bob', 'handover bob'],
  syntax: { words: [{ name: 'person', takes: 'person' }], flags: {} },
  params: z.strictObject({ person: z.string().min(1).max(60) }),
  right: () => ({ kind: 'any_role' }),
  handle: async (context, { person }) => {
    const { said, plan, engine } = context
    const { number } = await context.needIncident()
    const people = await context.peopleOf(Object.keys(plan.roles))
    const to = identify(plan, person)
    if (!people.includes(to)) {
      const others = people.filter((one) => one !== said.person.id).map(markPerson)
      throw new SalvorError('handover_nobody', { person, others: others.join(', ') || 'nobody yet' })
    }
    await engine.handOver(said, number, to)
    return {
      kind: 'private',
      card: buildLineCard(`${markPerson(to)} leads #${number} now and was told where it stands.`),
    }
  },
})

/** The one id of a person who is named by the plan's name or by a Slack user id. */
function identify(plan: RecoveryPlan, word: string): string {
  const name = word.toLowerCase()
  if (Object.hasOwn(plan.people, name)) return name
  const user = word.toUpperCase()
  return Object.entries(plan.people).find(([, { slack }]) => slack === user)?.[0] ?? (isSlackId(user) ? user : name)
}

function isSlackId(word: string): boolean {
  return /^[UW][A-Z0-9]{2,20}$/.test(word)
}
