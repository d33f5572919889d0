import { memo } from 'react'
import type { PageEphemeral } from '../../slack/page/wire.ts'
import { BlockList, Mrkdwn } from '../blocks/index.tsx'
import { usePage } from '../page-context.ts'
import { BotLogo } from './avatar.tsx'
import { EyeIcon } from './icons.tsx'
import { MessageHead } from './message.tsx'

/** A message that only the reader sees. */
export const Ephemeral = memo(function Ephemeral({ ephemeral }: { readonly ephemeral: PageEphemeral }) {
  const { state } = usePage()
  const { ts, text, blocks } = ephemeral
  return (
    <article className="message message-private" data-ts={ts} aria-label={`${state.bot.name}, only visible to you`}>
      <p className="only-you">
        <EyeIcon /> Only visible to you
      </p>
      <div className="message-gutter">
        <BotLogo />
      </div>
      <div className="message-main">
        <MessageHead name={state.bot.name} isApp at={Number(ts) * 1000} />
        <div className={`message-body ${blocks.length > 0 ? '' : 'message-text'}`}>
          {blocks.length > 0 ? <BlockList blocks={blocks} source={ts} /> : <Mrkdwn text={text} />}
        </div>
      </div>
    </article>
  )
})
