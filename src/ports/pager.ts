import type { PageTrouble } from '../domain/page.ts'

/** What wakes somebody: names and times, nothing that decides and nothing secret. */
export interface Page {
  /** The same for every try, so that whoever takes it in pages once. */
  readonly id: string
  readonly type: 'approval_unanswered'
  readonly incident: number
  readonly severity: number
  readonly job: string
  readonly kind: string
  /** Roles whose people may answer. */
  readonly roles: readonly string[]
  readonly askedAt: string
  readonly approveBy: string
}

/** Wakes people by way of a service outside. */
export interface Pager {
  /** Null when it was taken; else what kept it from it. Never throws. `to` is as the plan says it, unexpanded. */
  send(page: Page, to: { readonly url: string; readonly key: string }): Promise<PageTrouble | null>
}
