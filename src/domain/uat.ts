import { type Answer, type Ask, isAnswered, listStanding, REMARK } from './ask.ts'
import type { Facts } from './message.ts'
import { isSameName } from './person.ts'
import type { PlanText, UatCase } from './recovery-plan.ts'
import type { JobView } from './view.ts'

/** The answers that a case takes; a comment alone judges nothing. */
export const caseAnswers = ['pass', 'fail', 'blocked', REMARK] as const

export type CaseAnswer = (typeof caseAnswers)[number]

/** The cases of a suite in the plan's order, each in the same shape; none where the plan has no such suite. */
export function listCases(plan: PlanText, suite: string): UatCase[] {
  const found = Object.hasOwn(plan.uat, suite) ? plan.uat[suite] : undefined
  return (found?.cases ?? []).map((one) => (typeof one === 'string' ? { name: one, covers: [] } : one))
}

/** Testers may still say something of a case: until its time is over, or the step that takes the results begins. */
export function isCaseOpen({ steps }: Pick<JobView, 'steps'>, { kind, state }: Pick<Ask, 'kind' | 'state'>): boolean {
  return kind === 'case' && state === 'asked' && steps.at(-1)?.state === 'waiting'
}

/** The cases of a job that wait for words, in their order. */
export function listWaitingCases(view: Pick<JobView, 'steps' | 'asks'>): Ask[] {
  return view.asks.filter((ask) => isCaseOpen(view, ask) && !isAnswered(ask))
}

/** Has somebody judged a case, by any of their names? */
export function hasJudged(
  { given }: Pick<Ask, 'given'>,
  people: Parameters<typeof isSameName>[0],
  id: string,
): boolean {
  return given.some(({ person, answer }) => answer !== REMARK && isSameName(people, person, id))
}

/** What the plan in force says of a case helps; what was asked is its name. */
export function findCase(plan: PlanText, { question }: Pick<Ask, 'question'>): UatCase {
  const { suite, no, name } = readCase({ question })
  const written = listCases(plan, suite)[no - 1]
  return written?.name === name ? written : { name, covers: [] }
}

/** A case as it was asked: its number, its name and suite, and the systems that it covers. */
export function readCase({ question }: Pick<Ask, 'question'>): {
  readonly no: number
  readonly name: string
  readonly suite: string
  readonly covers: string
} {
  const { no = 0, name = '', suite = '', covers = '' } = question.facts as Facts
  return { no: Number(no), name: String(name), suite: String(suite), covers: String(covers) }
}

/** What one tester found of a case, or remarked beside it, newest word of either. */
export interface CaseFinding {
  readonly person: string
  readonly answer: CaseAnswer
  readonly comment: string | null
  readonly at: string
}

/** How a case stands: passed once enough testers said so and none says otherwise. */
export interface CaseResult {
  readonly no: number
  readonly name: string
  /** The systems that it covers, as the plan said when it was asked; empty where it said nothing. */
  readonly covers: string
  readonly state: 'passed' | 'failed' | 'blocked' | 'open'
  readonly findings: readonly CaseFinding[]
}

/** Results by case, from the questions and the newest answer of each tester. */
export function readResults(asks: readonly Ask[]): CaseResult[] {
  // Of a case that was asked anew, after a retry, the newest question counts.
  const newest = new Map<number, Ask>()
  for (const ask of asks) if (ask.kind === 'case' && ask.state !== 'withdrawn') newest.set(readCase(ask).no, ask)
  return [...newest.values()]
    .map((ask): CaseResult => {
      const { judgements, comments } = listWords(ask.given)
      const findings = [...judgements, ...comments].map(({ person, answer, evidence, at }) => {
        const said = answer as CaseAnswer
        return { person, answer: said, comment: evidence, at }
      })
      const { no, name, covers } = readCase(ask)
      return { no, name, covers, state: judge(findings, ask.needed), findings }
    })
    .toSorted((a, b) => a.no - b.no)
}

function judge(findings: readonly CaseFinding[], needed: number): CaseResult['state'] {
  const said = (answer: CaseAnswer) => findings.filter((one) => one.answer === answer).length
  if (said('fail') > 0) return 'failed'
  if (said('blocked') > 0) return 'blocked'
  return said('pass') >= needed ? 'passed' : 'open'
}

/** What each tester's judgement is, and what they remarked last: a comment takes no judgement back. */
export function listWords(given: readonly Answer[]): { judgements: Answer[]; comments: Answer[] } {
  const isComment = ({ answer }: Answer) => answer === REMARK
  return {
    judgements: listStanding(given.filter((one) => !isComment(one))),
    comments: listStanding(given.filter(isComment)),
  }
}
