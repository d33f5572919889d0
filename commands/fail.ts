import { defineJudgement } from '../src/engine/say/define-judgement.ts'

export const fail = defineJudgement({
  name: 'fail',
  summary: 'Says that a case of an acceptance test does not work, and what you saw.',
  example: 'fail uat-1 2 the total is empty',
  needsWords: true,
})
