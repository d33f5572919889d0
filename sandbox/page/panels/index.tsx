/** The patient, the checklist and the stories. */
export function SidePanel() {
  return null
}

/** Buttons that open the drawers. */
export function DrawerButtons() {
  return null
}

/** The drawers themselves. */
export function Drawers() {
  return null
}
