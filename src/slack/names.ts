import type { WebClient } from '@slack/web-api'
import type { Card, CardRow } from '../domain/card.ts'
import type { RecoveryPlan } from '../domain/recovery-plan.ts'
import { splitText } from '../domain/text.ts'
import { callSlack } from './call.ts'
import { escapeText, type Voice } from './cards/write-text.ts'
import { findSlackId } from './people.ts'

/** Speaks of people: by mention to those who must act, by name to everybody else, so that no phone rings in vain. */
export interface Names {
  /** A voice for a message that may ring only for `notify` (ids of people). */
  voiceFor(cards: readonly Card[], notify: readonly string[], links?: Voice['links']): Promise<Voice>
  /** A voice that mentions everybody: for messages that only one person sees. */
  privately(): Voice
}

/** Names come from the plan, else from Slack, and are remembered while the process lives. */
export function createNames(client: WebClient, plan: () => RecoveryPlan): Names {
  const known = new Map<string, string>()
  const learn = async (user: string) => {
    if (known.has(user)) return
    const asked = await callSlack(() => client.users.info({ user }))
    const name = asked.kind === 'ok' ? asked.value.user?.profile?.display_name || asked.value.user?.name : undefined
    // An unknown name is not worth a second question for each card; the id is at least true.
    if (name !== undefined || asked.kind === 'refused') known.set(user, name || user)
  }
  const nameOf = (person: string) => {
    const { people } = plan()
    if (person in people) return person
    return known.get(findSlackId({ people }, person) ?? person) ?? person
  }
  return {
    async voiceFor(cards, notify, links) {
      const { people, timezone } = plan()
      const quiet = cards.flatMap(listPeople).filter((person) => !notify.includes(person) && !(person in people))
      for (const person of new Set(quiet)) {
        const user = findSlackId({ people }, person)
        if (user) await learn(user)
      }
      const mention = (person: string) => {
        const user = notify.includes(person) ? findSlackId(plan(), person) : null
        return user ? `<@${user}>` : escapeText(`@${nameOf(person)}`)
      }
      return { person: mention, timezone, ...(links ? { links } : {}) }
    },
    privately() {
      const current = plan()
      const mention = (person: string) => {
        const user = findSlackId(current, person)
        return user ? `<@${user}>` : escapeText(`@${person}`)
      }
      return { person: mention, timezone: current.timezone }
    },
  }
}

function listPeople(card: Card): string[] {
  const texts = [card.headline, card.fallback, ...card.rows.flatMap(listTexts)]
  return texts.flatMap((text) => splitText(text).flatMap((part) => (part.kind === 'person' ? [part.person] : [])))
}

function listTexts(row: CardRow): string[] {
  return 'text' in row ? [row.text] : []
}
