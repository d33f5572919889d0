import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { Avatar, BotLogo } from '../messages/avatar.tsx'
import type { Place } from '../page-context.ts'
import { usePage } from '../page-context.ts'
import { readRole } from './read-role.ts'

/** Goes to a conversation or takes a person's place by typing part of the name. */
export function Switcher({ onClose }: { readonly onClose: () => void }) {
  const { state, actions } = usePage()
  const dialog = useRef<HTMLDialogElement>(null)
  const [typed, setTyped] = useState('')
  const [chosen, setChosen] = useState(0)
  useEffect(() => dialog.current?.showModal(), [])
  const wanted = typed.trim().toLowerCase().replace(/^[#@]/, '')
  const targets = listTargets(state).filter(({ name }) => name.toLowerCase().includes(wanted))
  const take = (target: (typeof targets)[number] | undefined) => {
    if (!target) return
    actions.go(target.change)
    dialog.current?.close()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') take(targets[chosen])
    else if (event.key === 'ArrowDown') setChosen((chosen + 1) % Math.max(1, targets.length))
    else if (event.key === 'ArrowUp') setChosen((chosen + targets.length - 1) % Math.max(1, targets.length))
    else return
    event.preventDefault()
  }
  return (
    <dialog ref={dialog} className="switcher" aria-label="Jump to" onClose={onClose}>
      <input
        className="switcher-text"
        value={typed}
        placeholder="A channel, the app, or a person to be"
        aria-label="A channel, the app, or a person to be"
        aria-controls="switcher-list"
        aria-activedescendant={targets[chosen] ? `switcher-${chosen}` : undefined}
        role="combobox"
        aria-expanded="true"
        onChange={(event) => {
          setTyped(event.target.value)
          setChosen(0)
        }}
        onKeyDown={onKeyDown}
      />
      <div id="switcher-list" className="switcher-list" role="listbox" aria-label="Places">
        {targets.map((one, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: keys are taken by the text field, which keeps the focus.
          <div
            key={one.key}
            id={`switcher-${index}`}
            role="option"
            tabIndex={-1}
            className="suggestion switcher-row"
            aria-selected={index === chosen}
            onClick={() => take(one)}
          >
            {one.icon}
            <b>{one.name}</b>
            <span className="suggestion-summary">{one.about}</span>
          </div>
        ))}
      </div>
    </dialog>
  )
}

function listTargets(state: ReturnType<typeof usePage>['state']) {
  const conversations = state.channels.map(({ id, name, direct, topic }) => ({
    key: id,
    name,
    about: direct ? 'App' : topic,
    icon: direct ? (
      <BotLogo size={20} />
    ) : (
      <span className="side-hash" aria-hidden="true">
        #
      </span>
    ),
    change: { channel: id, thread: '' } as Partial<Place>,
  }))
  const people = state.users.map(({ id, name, realName }) => ({
    key: id,
    name,
    about: readRole(realName) ? `be ${name}, ${readRole(realName)}` : `be ${name}`,
    icon: <Avatar id={id} name={name} size={20} />,
    change: { person: id } as Partial<Place>,
  }))
  return [...conversations, ...people]
}
