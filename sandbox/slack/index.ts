export type { Delivered } from './deliver/dispatch.ts'
export type { RawRequest, RawResponse } from './deliver/send-http.ts'
export type { FaultSwitches } from './faults.ts'
export type { ButtonPlace, Person, Spoken, Submitted, Where } from './people/person.ts'
export { type LocalSlack, type LocalSlackOptions, startLocalSlack } from './start.ts'
export type {
  ApiCall,
  Block,
  Ephemeral,
  Message,
  Notification,
  OpenView,
  StoredFile,
  Violation,
  Workspace,
  WorkspaceChannel,
  WorkspaceGroup,
  WorkspaceUser,
} from './workspace.ts'
