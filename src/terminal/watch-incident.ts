import { buildRootCard } from '../domain/cards/root-card.ts'
import type { Utterance } from '../domain/person.ts'
import { describeIncident } from '../engine/say/build-context.ts'
import { holdsRight } from '../engine/say/check-right.ts'
import type { SayDeps } from '../engine/say/deps.ts'
import { findIncident } from '../engine/say/find-incident.ts'
import { exits } from './documents.ts'
import type { Subject } from './watch.ts'

/** An incident as something to watch: everything that happens in it, until it is closed. */
function watchIncident(say: SayDeps, number: number): Subject {
  return {
    id: `#${number}`,
    async look() {
      const view = await say.store.viewIncident(number)
      if (!view) return undefined
      const card = async () => buildRootCard(view, say.clock.now(), await describeIncident(say, view))
      return {
        incident: number,
        state: view.incident.state,
        waitingFor: null,
        isAbout: () => true,
        card,
        judge: () => (view.incident.state === 'closed' ? exits.done : null),
        last: async () => [await card()],
      }
    },
  }
}

/** The incident that words which moved nothing were about, and its newest event; null where none is meant. */
export async function findWatched(
  say: SayDeps,
  said: Utterance,
  words: string,
): Promise<{ readonly subject: Subject; readonly after: number } | null> {
  // Some words need no right, such as help; what happens in an incident is for those who hold a role.
  const plan = await say.plans.inForce()
  if (!(await holdsRight(say.roles, plan, said.person, { kind: 'any_role' }))) return null
  const named = /--incident[= ]+#?(\d{1,9})/.exec(words)?.[1]
  const { incident } = await findIncident(say.store, said, named === undefined ? null : Number(named))
  return incident ? { subject: watchIncident(say, incident.number), after: incident.headNo } : null
}
