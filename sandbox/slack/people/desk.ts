import type { Dispatch } from '../deliver/dispatch.ts'
import type { ResponseUrls } from '../deliver/response-urls.ts'
import type { Triggers } from '../deliver/triggers.ts'
import type { Faults } from '../faults.ts'
import type { State } from '../state.ts'

/** What people's actions need: the workspace, the way to the app, and what payloads carry. */
export interface Desk {
  readonly state: State
  readonly dispatch: Dispatch
  readonly triggers: Triggers
  readonly responseUrls: ResponseUrls
  /** Events that the app subscribed to; the others are not sent. */
  readonly botEvents: ReadonlySet<string>
  readonly faults: Faults
  /** Where the workspace is served, without a slash at the end. */
  readonly baseUrl: () => string
  /** Connections of Socket Mode that are open now; undefined where the app is reached over HTTP. */
  readonly socketCount: () => number | undefined
}

/** What every interactive payload begins with. */
export function describeActor(desk: Desk, userId: string) {
  const { workspace } = desk.state
  const name = workspace.users.find((user) => user.id === userId)?.name ?? userId
  return {
    user: { id: userId, username: name, name, team_id: workspace.team.id },
    team: { id: workspace.team.id, domain: workspace.team.name.toLowerCase().replaceAll(' ', '-') },
    api_app_id: workspace.bot.appId,
    token: 'verification',
    enterprise: null,
    is_enterprise_install: false,
  }
}

/** Shows a person what Slack itself says when an app did not answer. */
export function noticeFailure(desk: Desk, user: string, text: string): void {
  desk.state.notices.push({ user, text, at: desk.state.now() })
}
