export { groupHeads } from './group-heads.ts'
export { createStreamGrouper } from './stream-groups.ts'
