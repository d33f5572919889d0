import type { PageMessage } from '../../slack/page/wire.ts'
import { usePage } from '../page-context.ts'
import { showEmoji } from './emoji.ts'

/** The emojis that people left under a message; a press adds or takes back one's own. */
export function Reactions({ message }: { readonly message: PageMessage }) {
  const { state, actions } = usePage()
  if (!message.reactions || message.reactions.length === 0) return null
  const nameOf = (id: string) =>
    id === state.bot.userId ? state.bot.name : (state.users.find((one) => one.id === id)?.name ?? id)
  return (
    <div className="reactions">
      {message.reactions.map(({ name, users, count }) => (
        <button
          key={name}
          type="button"
          className="reaction"
          aria-pressed={users.includes(state.person)}
          aria-label={`${name.replaceAll('_', ' ')}, ${count}`}
          title={`${users.map(nameOf).join(', ')} reacted with :${name}:`}
          onClick={() => void actions.react(message, name)}
        >
          <span aria-hidden="true">{showEmoji(name)}</span> {count}
        </button>
      ))}
    </div>
  )
}
