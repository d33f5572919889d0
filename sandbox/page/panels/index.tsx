import './panels.css'
import './patient.css'
import './drawers.css'

export { DrawerButtons } from './drawer-buttons.tsx'
export { Drawers } from './drawers.tsx'
export { OutageBanner } from './outage-banner.tsx'
export { SidePanel } from './side-panel.tsx'
