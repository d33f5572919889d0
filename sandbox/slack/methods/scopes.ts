import { findConversation, type State } from '../state.ts'
import { type Args, readText } from './method.ts'

/**
 * Bot scopes by method. Where Slack has one scope for each kind of conversation, only the ending is listed:
 * `:history` means channels:history, groups:history or im:history, depending on the conversation.
 */
const scopes: Readonly<Record<string, string>> = {
  'chat.postMessage': 'chat:write',
  'chat.update': 'chat:write',
  'chat.delete': 'chat:write',
  'chat.postEphemeral': 'chat:write',
  'conversations.info': ':read',
  'conversations.members': ':read',
  'conversations.list': 'channels:read',
  'conversations.history': ':history',
  'conversations.replies': ':history',
  'conversations.open': 'im:write',
  'conversations.join': 'channels:join',
  'conversations.create': 'channels:manage',
  'conversations.setTopic': 'channels:manage',
  'users.info': 'users:read',
  'users.list': 'users:read',
  'users.lookupByEmail': 'users:read.email',
  'usergroups.list': 'usergroups:read',
  'usergroups.users.list': 'usergroups:read',
  'files.getUploadURLExternal': 'files:write',
  'files.completeUploadExternal': 'files:write',
  'files.info': 'files:read',
  'files.list': 'files:read',
  'reactions.add': 'reactions:write',
  'reactions.remove': 'reactions:write',
  'reactions.get': 'reactions:read',
  'pins.add': 'pins:write',
  'bookmarks.add': 'bookmarks:write',
}

/** The scope that a call needs and the app does not have; undefined when it may proceed. */
export function findMissingScope(
  state: State,
  method: string,
  args: Args,
  granted: ReadonlySet<string>,
): string | undefined {
  const scope = Object.hasOwn(scopes, method) ? scopes[method] : undefined
  if (scope === undefined) return undefined
  const needed = scope.startsWith(':') ? `${familyOf(state, args)}${scope}` : scope
  return granted.has(needed) ? undefined : needed
}

function familyOf(state: State, args: Args): string {
  const channel = findConversation(state, readText(args, 'channel') ?? '')
  if (channel?.directWith) return 'im'
  return channel?.isPrivate ? 'groups' : 'channels'
}
