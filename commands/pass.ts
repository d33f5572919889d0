import { defineJudgement } from '../src/engine/say/define-judgement.ts'

export const pass = defineJudgement({
  name: 'pass',
  summary: 'Says that a case of an acceptance test works.',
  example: 'pass uat-1 2',
  needsWords: false,
})
