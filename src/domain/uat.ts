import { type Answer, type Ask, listStanding } from './ask.ts'
import type { PlanText, UatCase } from './recovery-plan.ts'

/** The answers that a case takes; a comment alone judges nothing. */
export const caseAnswers = ['pass', 'fail', 'blocked', 'comment'] as const

export type CaseAnswer = (typeof caseAnswers)[number]

/** The cases of a suite in the plan's order, each in the same shape; none where the plan has no such suite. */
export function listCases(plan: PlanText, suite: string): UatCase[] {
  const found = Object.hasOwn(plan.uat, suite) ? plan.uat[suite] : undefined
  return (found?.cases ?? []).map((one) => (typeof one === 'string' ? { name: one, covers: [] } : one))
}

/** Whose policies a suite's sign-off follows: no system's. */
export const uatScope = (suite: string) => `uat:${suite}`

/** The suite of such a scope; undefined for a system or none. */
export function suiteOf(scope: string | null): string | undefined {
  return scope?.startsWith('uat:') ? scope.slice('uat:'.length) : undefined
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
  readonly state: 'passed' | 'failed' | 'blocked' | 'open'
  readonly findings: readonly CaseFinding[]
}

/** Results by case, from the questions and the newest answer of each tester. */
export function readResults(asks: readonly Ask[]): CaseResult[] {
  // Of a case that was asked anew, after a retry, the newest question counts.
  const newest = new Map<string, Ask>()
  for (const ask of asks) {
    const { no } = ask.question.facts as { no?: unknown }
    if (ask.kind === 'case' && ask.state !== 'withdrawn') newest.set(String(no), ask)
  }
  return [...newest.values()]
    .map((ask): CaseResult => {
      const { judgements, comments } = listWords(ask.given)
      const findings = [...judgements, ...comments].map(({ person, answer, evidence, at }) => {
        const said = answer as CaseAnswer
        return { person, answer: said, comment: evidence, at }
      })
      const { facts } = ask.question as { facts: { no?: unknown; name?: unknown } }
      return { no: Number(facts.no), name: String(facts.name), state: judge(findings, ask.needed), findings }
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
  const isComment = ({ answer }: Answer) => answer === 'comment'
  return {
    judgements: listStanding(given.filter((one) => !isComment(one))),
    comments: listStanding(given.filter(isComment)),
  }
}

/** Enough testers have judged a case: a comment is no judgement. */
export function isJudged({ given, needed }: Pick<Ask, 'given' | 'needed'>): boolean {
  return listWords(given).judgements.length >= needed
}
