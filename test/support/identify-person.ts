import type { Person } from '../../src/domain/person.ts'
import type { RecoveryPlan } from '../../src/domain/recovery-plan.ts'
import { identifySlackUser } from '../../src/slack/people.ts'
import { identifyOsUser } from '../../src/terminal/identify.ts'

/** How somebody shows who they are: in Slack, or by an account of the machine. */
export type Identity = { readonly slack: string } | { readonly os: string }

/** Who the product takes somebody for. */
export function identifyPerson(plan: Pick<RecoveryPlan, 'people'>, by: Identity): Person {
  if ('slack' in by) return identifySlackUser(plan, by.slack)
  return identifyOsUser(plan, { uid: 1000, name: by.os, sudo: false })
}
