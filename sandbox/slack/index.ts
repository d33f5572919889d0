export { type LocalSlack, type LocalSlackOptions, startLocalSlack } from './start.ts'
export type { Message, Workspace } from './workspace.ts'
