import { useEffect, useRef, useState } from 'react'
import type { PageMessage } from '../../slack/page/wire.ts'
import { usePage } from '../page-context.ts'
import { offeredEmoji, showEmoji } from './emoji.ts'
import { MoreIcon, ReplyIcon, SmileIcon } from './icons.tsx'

/** What can be done with a message: shown when the pointer or the focus is on it, on touch screens behind a button. */
export function MessageTools({ message, inThread }: { readonly message: PageMessage; readonly inThread: boolean }) {
  const { actions } = usePage()
  const [opened, setOpened] = useState<'' | 'tools' | 'picker'>('')
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (opened === '') return
    const leave = (event: Event) => {
      if (!box.current?.contains(event.target as Node)) setOpened('')
    }
    document.addEventListener('pointerdown', leave)
    return () => document.removeEventListener('pointerdown', leave)
  }, [opened])
  const react = (emoji: string) => {
    setOpened('')
    void actions.react(message, emoji)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape closes what is open within.
    <div
      ref={box}
      className="tools"
      data-open={opened || undefined}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || opened === '') return
        event.stopPropagation()
        setOpened('')
      }}
    >
      <button
        type="button"
        className="tools-more"
        aria-label="More actions"
        aria-expanded={opened !== ''}
        onClick={() => setOpened(opened ? '' : 'tools')}
      >
        <MoreIcon />
      </button>
      <div className="tools-row">
        {offeredEmoji.slice(0, 3).map((name) => (
          <EmojiButton key={name} name={name} onPress={react} />
        ))}
        <button
          type="button"
          className="tool"
          aria-label="Find another reaction"
          title="Find another reaction"
          aria-expanded={opened === 'picker'}
          onClick={() => setOpened(opened === 'picker' ? '' : 'picker')}
        >
          <SmileIcon />
        </button>
        {inThread ? null : (
          <button
            type="button"
            className="tool"
            aria-label="Reply in thread"
            title="Reply in thread"
            onClick={() => {
              setOpened('')
              actions.go({ thread: message.thread_ts ?? message.ts })
            }}
          >
            <ReplyIcon />
          </button>
        )}
      </div>
      {opened === 'picker' ? (
        <div className="picker">
          {offeredEmoji.map((name) => (
            <EmojiButton key={name} name={name} onPress={react} />
          ))}
        </div>
      ) : null}
    </div>
  )
}

function EmojiButton({ name, onPress }: { readonly name: string; readonly onPress: (name: string) => void }) {
  const label = `React with ${name.replaceAll('_', ' ')}`
  return (
    <button type="button" className="tool" aria-label={label} title={label} onClick={() => onPress(name)}>
      <span aria-hidden="true">{showEmoji(name)}</span>
    </button>
  )
}
