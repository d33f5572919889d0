import { fillIn, type Message } from './message.ts'

/** What people are asked, by kind: each has its text and the answers that it takes. */
const askTexts = {
  manual: 'do step {step} of {run}: {title}',
  doubt: 'say whether {step} of {job} happened',
  case: 'try case {no} of {suite} ({job}): {name}',
} as const

export type AskKind = keyof typeof askTexts

/** The question, as it is stored. */
export type AskQuestion = Message<typeof askTexts>

export const askStates = ['asked', 'answered', 'expired', 'withdrawn'] as const

export type AskState = (typeof askStates)[number]

/** What one person answered; of several the newest counts. */
export interface Answer {
  readonly person: string
  readonly answer: string
  /** What they did or saw, in their own words. */
  readonly evidence: string | null
  readonly factor: 'totp' | null
  readonly at: string
}

/** A question as it is put; times are counted from when the store takes it. */
export interface AskTerms {
  readonly kind: AskKind
  readonly incident: number
  readonly job: string | null
  readonly run: string | null
  /** What it is about, such as a step's id: asked once at a time. */
  readonly subject: string
  readonly question: AskQuestion
  /** Who may answer: people with these roles, and these people. */
  readonly roles: readonly string[]
  readonly people: readonly string[]
  /** The answers that are taken, how many people must answer, and whether words or a second factor must come with it. */
  readonly answers: readonly string[]
  readonly needed: number
  readonly evidence: boolean
  readonly secondFactor: 'totp' | null
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
export function describePut({ id, kind, question, roles, people, answers, needed, answerBy }: Ask) {
  return { ask: id, kind, question, roles: [...roles], people: [...people], answers: [...answers], needed, answerBy }
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

/** Its sentence, to go on with after somebody's name. */
export function describeQuestion({ code, facts }: AskQuestion): string {
  return fillIn(askTexts[code], facts)
}
