/**
 * Who says something. `id` is the person's one identity in the journal: the plan's name for them where `people`
 * has one, else the Slack user id. Four eyes are counted by `id`, so a second identity is not a second person.
 */
export interface Person {
  readonly id: string
  readonly slack: string | null
  readonly os: string | null
}

/** Do two ids of the journal or the plan name one person, under this plan? Whoever has a name now may have been a Slack id. */
export function isSameName(people: People, one: string, other: string): boolean {
  const slackOf = (id: string) => (Object.hasOwn(people, id) ? people[id]?.slack : undefined)
  return one === other || slackOf(one) === other || slackOf(other) === one
}

type People = { readonly [name: string]: { readonly slack?: string | undefined } }

/** Where words were said. */
export type Via = 'slash' | 'mention' | 'button' | 'modal' | 'reaction' | 'terminal' | 'system'

/** One thing that a person said, with what makes it unique: the same `requestId` twice has one effect. */
export interface Utterance {
  readonly requestId: string
  readonly person: Person
  readonly via: Via
  readonly channel: string | null
  readonly thread: string | null
  readonly at: string
  /** The incident in whose thread it was said, where the thread is known: it is the one that is meant, closed or not. */
  readonly threadOf?: number
  /** The message in which it was said, by Slack's name for it, with the ids of files that came along as far as known. */
  readonly message?: { readonly ts: string; readonly files: readonly string[] }
}
