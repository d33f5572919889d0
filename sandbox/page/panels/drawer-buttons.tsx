import { usePage } from '../page-context.ts'
import { countNews, useNewsSeen } from './news-seen.ts'
import { type Drawer, toggleDrawer, useOpenDrawer } from './open-drawer.ts'

/** Buttons in the header that open the drawers, each with how much waits behind it. */
export function DrawerButtons() {
  const { state, panel } = usePage()
  const [seen] = useNewsSeen(state.person)
  const faultsOn = state.faults.filter((one) => one.on).length
  const done = panel?.checklist.filter((one) => one.done).length ?? 0
  return (
    <div className="drawer-buttons">
      {panel && (
        <DrawerButton
          drawer="panel"
          sign="🧭"
          label="Guide"
          count={`${done}/${panel.checklist.length}`}
          meaning="done"
        />
      )}
      <DrawerButton
        drawer="notifications"
        sign="🔔"
        label="Notifications"
        count={countNews(state.notifications, seen)}
        meaning="new"
      />
      <DrawerButton
        drawer="violations"
        sign="🚫"
        label="Slack would say no"
        count={state.violationCount}
        meaning="so far"
      />
      <DrawerButton drawer="faults" sign="⛈" label="Slack on a bad day" count={faultsOn} meaning="on" />
    </div>
  )
}

function DrawerButton(of: {
  readonly drawer: Drawer
  readonly sign: string
  readonly label: string
  readonly count: number | string
  /** What the count counts, for those who only hear it. */
  readonly meaning: string
}) {
  const isOpen = useOpenDrawer() === of.drawer
  return (
    <button
      type="button"
      className={`drawer-button drawer-button-${of.drawer}`}
      data-drawer={of.drawer}
      aria-expanded={isOpen}
      title={of.label}
      onClick={() => toggleDrawer(of.drawer)}
    >
      <span aria-hidden="true">{of.sign}</span>
      <span className="drawer-button-label">{of.label}</span>
      {of.count !== 0 && (
        <span className="drawer-count">
          {of.count}
          <span className="sr-only"> {of.meaning}</span>
        </span>
      )}
    </button>
  )
}
