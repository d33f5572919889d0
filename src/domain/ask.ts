import { fillIn, type Message } from './message.ts'
import { markPerson, plainText } from './text.ts'

/** What people are asked, by kind: each has its text and the answers that it takes. */
const askTexts = {
  manual: 'do step {step} of {run}: {title}',
  doubt: 'say whether {step} of {job} happened',
  case: 'try case {no} of {suite} ({job}): {name}',
} as const

export type AskKind = keyof typeof askTexts

/** The question, as it is stored. */
export type AskQuestion = Message<typeof askTexts>

/** Why a message reached somebody not. */
const unreachedTexts = {
  no_slack: '{person} has no Slack id in the plan',
  no_direct: '{person} takes no direct message from Salvor',
  no_holder: 'nobody holds the role {role}, as far as Slack can say',
} as const

export type Unreached = Exclude<keyof typeof unreachedTexts, 'no_holder'>

/** Whom no message reached and why, and the roles that nobody holds. */
export function listUnreached(of: {
  readonly people: readonly { readonly person: string; readonly why: Unreached }[]
  readonly roles: readonly string[]
}): string[] {
  const people = of.people.map(({ person, why }) => fillIn(unreachedTexts[why], { person: markPerson(person) }))
  const roles = of.roles.map((role) => fillIn(unreachedTexts.no_holder, { role: plainText(role) }))
  return [...people, ...roles]
}

export const askStates = ['asked', 'answered', 'expired', 'withdrawn'] as const

export type AskState = (typeof askStates)[number]

/** What one person answered; of several the newest counts. */
export interface Answer {
  readonly person: string
  readonly answer: string
  /** What they did or saw, in their own words. */
  readonly evidence: string | null
  readonly at: string
}

/** A word beside the answers: it answers nothing, and takes no answer back. The store knows it by this name too. */
export const REMARK = 'comment'

/** A question as it is put; times are counted from when the store takes it. */
export interface AskTerms {
  readonly kind: AskKind
  readonly incident: number
  readonly job: string | null
  readonly run: string | null
  /** What it is about, such as a step's id: asked once at a time. */
  readonly subject: string
  readonly question: AskQuestion
  /** Who may answer: people with these roles. */
  readonly roles: readonly string[]
  /** The answers that are taken, how many people must answer, and whether words must come with it. */
  readonly answers: readonly string[]
  readonly needed: number
  readonly evidence: boolean
  /** Until when; null for as long as it takes. */
  readonly answerWithinMs: number | null
  /** How often people are reminded, and at most how many times. */
  readonly remindEveryMs: number | null
  readonly reminders: number
  /** Roles whose people may answer as well after a while. */
  readonly escalateTo: readonly string[]
  readonly escalateAfterMs: number | null
}

/** A question to named people. Times are ISO 8601 in UTC. */
export interface Ask extends Omit<AskTerms, 'answerWithinMs' | 'escalateAfterMs'> {
  readonly id: string
  readonly state: AskState
  readonly askedAt: string
  readonly answerBy: string | null
  readonly remindAt: string | null
  readonly escalateAt: string | null
  readonly escalatedAt: string | null
  readonly given: readonly Answer[]
}

/** What the journal says of a question that was put. */
export function describePut({ id, kind, question, roles, answers, needed, answerBy }: Ask) {
  return { ask: id, kind, question, roles: [...roles], answers: [...answers], needed, answerBy }
}

/** Roles whose people may answer now: those that were asked, and those that were turned to since. */
export function listAnswerers({ roles, escalateTo, escalatedAt }: Ask): string[] {
  return [...new Set([...roles, ...(escalatedAt === null ? [] : escalateTo)])]
}

/** The newest answer of each person, oldest person first. */
export function listStanding(given: readonly Answer[]): Answer[] {
  const newest = new Map<string, Answer>()
  for (const one of given) newest.set(one.person, one)
  return [...newest.values()]
}

/** Have enough people answered? The one rule: each counts once, and a remark is no answer. */
export function isAnswered({ given, needed }: Pick<Ask, 'given' | 'needed'>): boolean {
  return listStanding(given.filter(({ answer }) => answer !== REMARK)).length >= needed
}

/** Its sentence, to go on with after somebody's name. */
export function describeQuestion({ code, facts }: AskQuestion): string {
  return fillIn(askTexts[code], facts)
}
