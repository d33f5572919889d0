import * as chat from './chat.ts'
import * as conversations from './conversations.ts'
import * as files from './files.ts'
import * as marks from './marks.ts'
import type { Method } from './method.ts'
import * as people from './people.ts'
import * as views from './views.ts'

/** Requests a minute and how many may come at once. Slack does not disclose bursts; these are cautious. */
export interface Allowance {
  readonly perMinute: number
  readonly burst: number
}

/** One method: what it does, how often it may be called, and which refusals are honest questions. */
export interface MethodEntry {
  readonly run: Method
  readonly allowance: Allowance
  /** Refusals by which an app learns something; they are no violation. */
  readonly probes?: readonly string[]
  readonly token?: 'bot' | 'app' | 'none'
}

const tier2 = { perMinute: 20, burst: 10 }
const tier3 = { perMinute: 50, burst: 10 }
const tier4 = { perMinute: 100, burst: 20 }
const special = { perMinute: 600, burst: 60 }
/** One a second in each channel, with a small burst. */
const posting = { perMinute: 60, burst: 5 }

/** The register of methods. Tiers are those of Slack's method pages. */
export const methods: Readonly<Record<string, MethodEntry>> = {
  'api.test': { run: (_, args) => ({ args }), allowance: special, token: 'none' },
  'auth.test': { run: people.testAuth, allowance: special },
  'apps.connections.open': { run: (context) => ({ url: context.openSocketUrl() }), allowance: tier3, token: 'app' },
  'chat.postMessage': { run: chat.postMessage, allowance: posting },
  'chat.update': { run: chat.updateMessage, allowance: tier3 },
  'chat.delete': { run: chat.deleteMessage, allowance: tier3 },
  'chat.postEphemeral': {
    run: chat.postEphemeral,
    allowance: tier4,
    probes: ['not_in_channel', 'user_not_in_channel'],
  },
  'chat.getPermalink': { run: chat.getPermalink, allowance: special },
  'conversations.info': { run: conversations.getConversation, allowance: tier3, probes: ['channel_not_found'] },
  'conversations.members': { run: conversations.listMembers, allowance: tier4, probes: ['channel_not_found'] },
  'conversations.history': { run: conversations.readHistory, allowance: tier3 },
  'conversations.replies': { run: conversations.readReplies, allowance: tier3, probes: ['thread_not_found'] },
  'conversations.open': { run: conversations.openConversation, allowance: tier3 },
  'conversations.list': { run: conversations.listConversations, allowance: tier2 },
  'conversations.join': { run: conversations.joinConversation, allowance: tier3 },
  'conversations.create': { run: conversations.createConversation, allowance: tier2 },
  'conversations.setTopic': { run: conversations.setTopic, allowance: tier2 },
  'users.info': { run: people.getUser, allowance: tier4, probes: ['user_not_found'] },
  'users.list': { run: people.listUsers, allowance: tier2 },
  'users.lookupByEmail': { run: people.lookUpByEmail, allowance: tier3, probes: ['users_not_found'] },
  'usergroups.list': { run: people.listGroups, allowance: tier2 },
  'usergroups.users.list': { run: people.listGroupUsers, allowance: tier2, probes: ['no_such_subteam'] },
  'views.open': { run: views.openView, allowance: tier4 },
  'views.push': { run: views.pushView, allowance: tier4 },
  'views.update': { run: views.updateView, allowance: tier4 },
  'views.publish': { run: views.publishView, allowance: tier4 },
  'files.getUploadURLExternal': { run: files.getUploadUrl, allowance: tier4 },
  'files.completeUploadExternal': { run: files.completeUpload, allowance: tier4 },
  'files.list': { run: files.listFiles, allowance: tier3 },
  'files.info': { run: files.getFile, allowance: tier4, probes: ['file_not_found'] },
  'reactions.add': { run: marks.addReaction, allowance: tier3, probes: ['already_reacted'] },
  'reactions.remove': { run: marks.removeReaction, allowance: tier2, probes: ['no_reaction'] },
  'reactions.get': { run: marks.getReactions, allowance: tier3 },
  'pins.add': { run: marks.addPin, allowance: tier2, probes: ['already_pinned'] },
  'bookmarks.add': { run: marks.addBookmark, allowance: tier2 },
}
