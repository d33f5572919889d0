import type { WebClient } from '@slack/web-api'
import { SalvorError } from '../domain/errors/fail.ts'
import { callSlack } from './call.ts'

/** Who the bot is, and whether a payload is of its own workspace. */
export interface Self {
  /** The bot's user id, once Slack has said. */
  userId(): string | undefined
  /**
   * Throws `slack_foreign` where somebody of another workspace speaks (shared channels, copied payloads): the plan knows
   * people by their id alone. Throws `slack_unreachable` while Slack does not say which workspace is the bot's own.
   */
  requireOwn(body: unknown): Promise<void>
}

interface Known {
  readonly user: string | undefined
  readonly team: string
  readonly enterprise: string | undefined
}

/** Acknowledgements have three seconds, and this comes before them until Slack has answered once. */
const ANSWER_WITHIN_MS = 2000

/** Asks Slack at the first need, and again until it has answered. */
export function createSelf(client: WebClient): Self {
  let known: Known | undefined
  let asking: Promise<void> | undefined
  const ask = async () => {
    const asked = await callSlack(() => client.auth.test())
    if (asked.kind !== 'ok' || !asked.value.team_id) return
    const { user_id: user, team_id: team, enterprise_id: enterprise } = asked.value
    known = { user, team, enterprise }
  }
  const learn = async () => {
    asking ??= ask().finally(() => {
      asking = undefined
    })
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, ANSWER_WITHIN_MS)
    })
    await Promise.race([asking, late])
    clearTimeout(timer)
  }
  return {
    userId: () => known?.user,
    async requireOwn(body) {
      if (!known) await learn()
      if (!known) throw new SalvorError('slack_unreachable')
      const { team, enterprise } = known
      const stranger = readTeams(body).find((one) => one !== team && one !== enterprise)
      if (stranger !== undefined) throw new SalvorError('slack_foreign', { team: stranger })
    },
  }
}

/** Every workspace that a payload says its speaker belongs to. */
function readTeams(body: unknown): string[] {
  const said = record(body)
  const event = record(said.event)
  const places = [said.team_id, record(said.team).id, record(said.user).team_id]
  const speaker = [event.team, event.user_team, event.source_team]
  return [...places, ...speaker].filter((one): one is string => typeof one === 'string' && one !== '')
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}
