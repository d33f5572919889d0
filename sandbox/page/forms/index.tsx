export { askConfirmation } from './ask-confirmation.ts'
export { ConfirmDialog } from './confirm-dialog.tsx'
export { HomeTab } from './home-tab.tsx'
export { ModalDialog } from './modal-dialog.tsx'
