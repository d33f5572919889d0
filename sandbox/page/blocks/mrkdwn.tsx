import { Fragment, type ReactNode, useMemo } from 'react'
import { usePage } from '../page-context.ts'
import { findEmoji } from './emoji.ts'
import { formatDate } from './format-date.ts'
import { type Piece, parseMrkdwn, parsePlain, type Reference } from './parse-mrkdwn.ts'

/**
 * Text in Slack's mrkdwn. The library's own reading is not used: it shows `verbatim` texts raw, unescapes before it
 * parses, so that escaped text could mention and link, and doubles the asterisks of code.
 */
export function Mrkdwn({ text }: { readonly text: string }) {
  const { theme } = usePage()
  return (
    <div className="blocks" data-theme={theme}>
      <div className="words">
        <Text of={{ type: 'mrkdwn', text }} />
      </div>
    </div>
  )
}

/** A text object of Block Kit: plain text or mrkdwn. */
export function Text({ of }: { readonly of: { readonly type: string; readonly text: string } }) {
  const { type, text } = of
  // The page draws itself anew with every change of its state, and texts seldom change.
  const pieces = useMemo(() => (type === 'mrkdwn' ? parseMrkdwn(text) : parsePlain(text)), [type, text])
  return <Pieces pieces={pieces} />
}

/** A mention, a written time or a link. */
export function ReferenceView({ of }: { readonly of: Reference }) {
  const { state } = usePage()
  switch (of.kind) {
    case 'user': {
      const user = state.users.find(({ id }) => id === of.id)
      const name = of.id === state.bot.userId ? state.bot.name : (user?.name ?? (of.label || of.id))
      const mine = of.id === state.person ? ' mine' : ''
      return (
        <span className={`mention${mine}`} title={user?.realName}>
          @{name}
        </span>
      )
    }
    case 'channel': {
      const channel = state.allChannels.find(({ id }) => id === of.id)
      return <span className="mention">#{channel?.name ?? (of.label || of.id)}</span>
    }
    case 'group': {
      const group = state.userGroups.find(({ id }) => id === of.id)
      return <span className="mention">@{group?.handle ?? (of.label.replace(/^@/, '') || of.id)}</span>
    }
    case 'broadcast':
      return <span className="mention mine">@{of.label.replace(/^@/, '') || of.id}</span>
    case 'date': {
      const written = formatDate(of.seconds, of.format, new Date())
      const at = new Date(of.seconds * 1000)
      if (written === undefined) return <>{of.label}</>
      return (
        <time dateTime={at.toISOString()} title={at.toLocaleString('en-GB')}>
          {written}
        </time>
      )
    }
    case 'link':
      return <SafeLink url={of.url}>{of.label || of.url.replace(/^mailto:/, '')}</SafeLink>
  }
}

/** A link that opens a window of its own and can lead nowhere but to the web; anything else is only its words. */
export function SafeLink({ url, children }: { readonly url: string; readonly children: ReactNode }) {
  if (!/^(https?:\/\/|mailto:)/i.test(url)) return <>{children}</>
  return (
    <a href={url} target="_blank" rel="noopener noreferrer">
      {children}
    </a>
  )
}

function Pieces({ pieces }: { readonly pieces: readonly Piece[] }) {
  // Pieces have no identity beyond their place: a changed text is read anew.
  return pieces.map((piece, index) => <Fragment key={`${index}-${piece.kind}`}>{drawPiece(piece)}</Fragment>)
}

function drawPiece(piece: Piece): ReactNode {
  switch (piece.kind) {
    case 'text':
      return piece.text
    case 'break':
      return <br />
    case 'emoji':
      return findEmoji(piece.name) ?? `:${piece.name}:`
    case 'bold':
      return (
        <b>
          <Pieces pieces={piece.children} />
        </b>
      )
    case 'italic':
      return (
        <i>
          <Pieces pieces={piece.children} />
        </i>
      )
    case 'strike':
      return (
        <s>
          <Pieces pieces={piece.children} />
        </s>
      )
    case 'quote':
      return (
        <blockquote>
          <Pieces pieces={piece.children} />
        </blockquote>
      )
    case 'code':
      return (
        <code>
          <Pieces pieces={piece.children} />
        </code>
      )
    case 'pre':
      return (
        <pre>
          <Pieces pieces={piece.children} />
        </pre>
      )
    default:
      return <ReferenceView of={piece} />
  }
}
