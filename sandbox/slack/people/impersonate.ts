import { findUser, openDirectMessage } from '../state.ts'
import { findOwnFile } from './attach.ts'
import type { Desk } from './desk.ts'
import { findButtons } from './find-buttons.ts'
import { addEmoji, deleteMessage, editMessage, removeEmoji } from './mark.ts'
import type { Person } from './person.ts'
import { act, awaitButton, choose, press } from './press.ts'
import { say } from './say.ts'
import { closeModal, submit } from './submit.ts'

/** Lets a test or the page act as one person of the workspace. */
export function impersonate(desk: Desk, nameOrId: string): Person {
  const user = findUser(desk.state, nameOrId)
  if (!user) throw new Error(`there is no ${nameOrId} in this workspace`)
  const { id, name } = user
  return {
    id,
    name,
    says: (text, where) => say(desk, id, text, where),
    presses: (button, place) => press(desk, id, button, place),
    async pressesRepeatedly(button, times, place) {
      const found = await awaitButton(desk, id, button, place)
      return Promise.all(Array.from({ length: times }, () => act(desk, id, found, {})))
    },
    chooses: (option, menu) => choose(desk, id, option, menu),
    submits: (values) => submit(desk, id, values),
    closes: () => closeModal(desk, id),
    modal: () => desk.state.modals.get(id)?.at(-1),
    home: () => desk.state.homes.get(id),
    buttons: (place) => findButtons(desk.state, id, place).map(({ label }) => label),
    reacts: (emoji, message) => addEmoji(desk, id, emoji, message),
    takesBack: (emoji, message) => removeEmoji(desk, id, emoji, message),
    edits: (message, text) => editMessage(desk, id, message, text),
    deletes: (message) => deleteMessage(desk, id, message),
    editsFile(file, content) {
      findOwnFile(desk, id, file).content = Buffer.from(content)
    },
    deletesFile(file) {
      findOwnFile(desk, id, file).state = 'deleted'
    },
    async opensHome() {
      if (!desk.botEvents.has('app_home_opened')) throw new Error('the app does not subscribe to app_home_opened')
      const { id: channel } = openDirectMessage(desk.state, id)
      const eventTs = (desk.state.now() / 1000).toFixed(6)
      return desk.dispatch.event({ type: 'app_home_opened', user: id, channel, tab: 'home', event_ts: eventTs })
    },
  }
}
