import 'slack-blocks-to-jsx/dist/style.css'
import { type Block as LibraryBlock, Message } from 'slack-blocks-to-jsx'
import { usePage } from '../page-context.ts'
import { findEmoji } from './emoji.ts'
import { formatDate } from './format-date.ts'
import { ReferenceView, SafeLink } from './mrkdwn.tsx'
import { useScrollable } from './use-scrollable.ts'

type Hooks = NonNullable<Parameters<typeof Message>[0]['hooks']>

/** What names, links, emoji and times look like wherever the library finds them. */
const hooks: Hooks = {
  user: ({ id }) => <ReferenceView of={{ kind: 'user', id, label: '' }} />,
  channel: ({ id }) => <ReferenceView of={{ kind: 'channel', id, label: '' }} />,
  usergroup: ({ id }) => <ReferenceView of={{ kind: 'group', id, label: '' }} />,
  atHere: () => <ReferenceView of={{ kind: 'broadcast', id: 'here', label: '' }} />,
  atChannel: () => <ReferenceView of={{ kind: 'broadcast', id: 'channel', label: '' }} />,
  atEveryone: () => <ReferenceView of={{ kind: 'broadcast', id: 'everyone', label: '' }} />,
  emoji: ({ name }) => findEmoji(name) ?? `:${name}:`,
  date: ({ timestamp, format, fallback }) => formatDate(Number(timestamp), format, new Date()) ?? (fallback || format),
  // The library itself would follow any address, code in it included.
  link: ({ href, children }) => <SafeLink url={href ?? ''}>{children}</SafeLink>,
}

/** A block that holds nothing to press, drawn by the library: rich text, markdown, plans, tasks and charts. */
export function LibraryView({ block }: { readonly block: object }) {
  const { theme } = usePage()
  const box = useScrollable()
  return (
    <div className="library" {...box}>
      <Message blocks={[block as LibraryBlock]} logo="" name="" theme={theme} hooks={hooks} withoutWrapper />
    </div>
  )
}
