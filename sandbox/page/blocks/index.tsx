export { BlockList } from './block-list.tsx'
export { findEmoji } from './emoji.ts'
export { Mrkdwn } from './mrkdwn.tsx'
