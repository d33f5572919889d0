/** The open modal, when there is one. */
export function ModalDialog() {
  return null
}

/** The question that an element asks before it is used. */
export function ConfirmDialog() {
  return null
}

/** Asks with the confirm object of an element; true when the person said yes. */
export function askConfirmation(_confirm: unknown): Promise<boolean> {
  return Promise.resolve(true)
}

/** The Home tab of the app. */
export function HomeTab() {
  return null
}
