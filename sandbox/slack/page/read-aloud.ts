import type { State } from '../state.ts'

/** A message's text as a lock screen shows it: names instead of ids, labels instead of addresses, no escapes. */
export function readAloud(state: State, text: string): string {
  return text
    .replace(/<([^<>\n]+)>/g, (_whole, inside: string) => nameReference(state, inside))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
}

function nameReference(state: State, inside: string): string {
  const { users, bot, userGroups } = state.workspace
  const [target = '', label] = inside.split('|')
  const id = target.replace(/^(@|#|!subteam\^)/, '')
  if (target.startsWith('@')) {
    const known = [...users, { id: bot.userId, name: bot.name }].find((one) => one.id === id)
    return `@${known?.name ?? label ?? id}`
  }
  if (target.startsWith('#')) return `#${state.conversations.get(id)?.name ?? label ?? id}`
  if (target.startsWith('!subteam^')) {
    const handle = userGroups.find((one) => one.id === id)?.handle
    return handle ? `@${handle}` : (label ?? `@${id}`)
  }
  if (target.startsWith('!date^')) return label ?? ''
  if (target.startsWith('!')) return `@${target.slice(1)}`
  return label ?? target
}
