import type { State } from '../state.ts'

/** What a person typed, as Slack stores it: `&<>` escaped, mentions and links in angle brackets. */
export function escapeText(state: State, typed: string, form: 'command' | 'message'): string {
  const escaped = typed.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  const linked = escaped.replace(/\bhttps?:\/\/[^\s<>]+/g, (url) => `<${url}>`)
  const mentioned = linked.replace(/(^|[\s(,])@([\w.-]*\w)/g, (whole, before: string, name: string) => {
    const mention = mentionPerson(state, name, form)
    return mention ? `${before}${mention}` : whole
  })
  return mentioned.replace(/(^|[\s(,])#([\w-]+)/g, (whole, before: string, name: string) => {
    const channel = [...state.conversations.values()].find((one) => one.name === name)
    return channel ? `${before}<#${channel.id}|${channel.name}>` : whole
  })
}

/** Commands carry the name beside the id, as `should_escape` does; messages carry the id alone. */
function mentionPerson(state: State, name: string, form: 'command' | 'message'): string | undefined {
  const { bot, users, userGroups } = state.workspace
  const wanted = name.toLowerCase()
  const id = wanted === bot.name ? bot.userId : users.find((user) => user.name === wanted)?.id
  if (id) return form === 'command' ? `<@${id}|${wanted}>` : `<@${id}>`
  const group = userGroups.find((one) => one.handle === wanted)
  return group ? `<!subteam^${group.id}|@${group.handle}>` : undefined
}
