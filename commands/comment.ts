import { defineJudgement } from '../src/engine/say/define-judgement.ts'

export const comment = defineJudgement({
  name: 'comment',
  summary: 'Says something about a case of an acceptance test, without judging it.',
  example: 'comment uat-1 2 slower than before',
  needsWords: true,
})
