export { groupHeads, type HeadGroup } from './group-heads.ts'
export { createStreamGrouper, type StreamGroup, type StreamGrouper } from './stream-groups.ts'
