/** Slack's limits, in UTF-16 units, as its own checks count. From the Block Kit reference and @slack/types 3.2.0. */
export const limits = {
  blocks: 50,
  sectionText: 3000,
  contextText: 2000,
  actionsElements: 25,
  buttonText: 75,
  buttonValue: 2000,
  confirmTitle: 100,
  confirmText: 300,
  confirmButton: 30,
  modalTitle: 24,
  modalBlocks: 100,
  /** Slack refuses a view above 250 kB; some is left for what it adds to blocks. */
  viewBytes: 200_000,
  privateMetadata: 3000,
  /** chat.update refuses text above 4,000; the lock screen shows far less. */
  messageText: 3000,
  /** Of all texts of one message: no documented limit, but nobody reads more on a phone. */
  messageTotal: 12_000,
} as const
