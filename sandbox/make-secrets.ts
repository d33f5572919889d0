import { randomBytes } from 'node:crypto'

/** What lets somebody speak for Slack or for the app. Known to this start alone: whoever knew it could speak as anybody. */
export interface SandboxSecrets {
  readonly botToken: string
  readonly appToken: string
  readonly signingSecret: string
}

/** Makes them anew, in the forms in which Slack gives them. */
export function makeSecrets(): SandboxSecrets {
  const random = () => randomBytes(24).toString('hex')
  return { botToken: `xoxb-${random()}`, appToken: `xapp-${random()}`, signingSecret: random() }
}
