import { BotLogo } from '../messages/avatar.tsx'
import { CloseIcon, SearchIcon } from '../messages/icons.tsx'
import { usePage } from '../page-context.ts'
import { useShell } from '../shell-context.ts'
import { Conversations } from './conversations.tsx'
import { People } from './people.tsx'
import { ThemeSwitch } from './theme-switch.tsx'

const linkWords = { connecting: 'Connecting …', live: 'Live', lost: 'Reconnecting …' }

/** Workspace, people and conversations; on narrow screens a sheet. */
export function Sidebar() {
  const { state } = usePage()
  const { link, sheetOpen, showSheet, openSwitcher } = useShell()
  return (
    <>
      {sheetOpen ? <div className="sheet-shade" aria-hidden="true" onClick={() => showSheet(false)} /> : null}
      <nav
        className="side"
        data-open={sheetOpen || undefined}
        aria-label="People and conversations"
        onKeyDown={(event) => {
          if (event.key === 'Escape') showSheet(false)
        }}
      >
        <div className="side-head">
          <BotLogo size={24} />
          <span className="side-team">{state.team.name}</span>
          <span className="link-state" data-link={link} role="status">
            {linkWords[link]}
          </span>
          <button type="button" className="icon-button only-narrow" aria-label="Close" onClick={() => showSheet(false)}>
            <CloseIcon />
          </button>
        </div>
        <button type="button" className="side-search" onClick={openSwitcher}>
          <SearchIcon /> Jump to … <kbd>Ctrl K</kbd>
        </button>
        <div className="side-scroll">
          <People />
          <Conversations />
        </div>
        <ThemeSwitch />
      </nav>
    </>
  )
}
