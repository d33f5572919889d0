import { defineJudgement } from '../src/engine/say/define-judgement.ts'

export const blocked = defineJudgement({
  name: 'blocked',
  summary: 'Says that a case of an acceptance test could not be tried, and why.',
  example: 'blocked uat-1 2 I cannot log in',
  needsWords: true,
})
