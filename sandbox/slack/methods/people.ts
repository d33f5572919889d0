import { findUser, type State } from '../state.ts'
import type { WorkspaceUser } from '../workspace.ts'
import { type Method, Refusal, readFlag, requireText, takePage } from './method.ts'

/** auth.test: who the token belongs to. */
export const testAuth: Method = ({ state, baseUrl }) => ({
  url: `${baseUrl()}/`,
  team: state.workspace.team.name,
  team_id: state.workspace.team.id,
  user: state.workspace.bot.name,
  user_id: state.workspace.bot.userId,
  bot_id: state.workspace.bot.botId,
  is_enterprise_install: false,
})

/** users.info, for people and for the bot itself. */
export const getUser: Method = ({ state }, args) => {
  const id = requireText(args, 'user', 'user_not_found')
  if (id === state.workspace.bot.userId) return { user: presentBot(state) }
  const user = findUser(state, id)
  if (user?.id !== id) throw new Refusal('user_not_found')
  return { user: presentUser(state, user) }
}

/** users.list: people, and the bot among them. */
export const listUsers: Method = ({ state }, args) => {
  const all = [...state.workspace.users.map((user) => presentUser(state, user)), presentBot(state)]
  const { page, response_metadata } = takePage(args, all, 200, 1000)
  return { members: page, cache_ts: 0, response_metadata }
}

/** users.lookupByEmail: addresses are `<name>@example.com`. */
export const lookUpByEmail: Method = ({ state }, args) => {
  const email = requireText(args, 'email', 'users_not_found')
  const user = state.workspace.users.find((one) => `${one.name}@example.com` === email)
  if (!user) throw new Refusal('users_not_found')
  return { user: presentUser(state, user) }
}

/** usergroups.list. */
export const listGroups: Method = ({ state }, args) => ({
  usergroups: state.workspace.userGroups.map((group) => ({
    id: group.id,
    team_id: state.workspace.team.id,
    is_usergroup: true,
    name: group.handle,
    handle: group.handle,
    date_delete: 0,
    user_count: group.users.length,
    ...(readFlag(args, 'include_users') ? { users: group.users } : {}),
  })),
})

/** usergroups.users.list. */
export const listGroupUsers: Method = ({ state }, args) => {
  const id = requireText(args, 'usergroup', 'no_such_subteam')
  const group = state.workspace.userGroups.find((one) => one.id === id)
  if (!group) throw new Refusal('no_such_subteam')
  return { users: group.users }
}

function presentBot(state: State) {
  const { userId, name } = state.workspace.bot
  return { ...presentUser(state, { id: userId, name, realName: name }), is_bot: true }
}

function presentUser(state: State, user: WorkspaceUser) {
  return {
    id: user.id,
    team_id: state.workspace.team.id,
    name: user.name,
    real_name: user.realName,
    deleted: false,
    is_admin: false,
    is_bot: false,
    tz: 'Etc/UTC',
    tz_offset: 0,
    profile: {
      real_name: user.realName,
      real_name_normalized: user.realName,
      display_name: user.name,
      display_name_normalized: user.name,
      email: `${user.name}@example.com`,
      title: '',
      status_text: '',
      status_emoji: '',
      status_expiration: 0,
    },
  }
}
