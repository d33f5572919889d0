import { findOvertaken } from '../domain/overtaken.ts'
import type { JobView } from '../domain/view.ts'
import { attempt } from './attempt.ts'
import type { JobRegister } from './define-job.ts'
import { takesBack } from './takes-back.ts'

/**
 * The failed jobs of an incident that a later one answered, by the register's kinds: who is awaited, brief and cards
 * ask here.
 */
export function listOvertaken(jobs: JobRegister, views: readonly JobView[]): ReadonlyMap<string, string> {
  return findOvertaken(views, {
    takesBack: takesBack(jobs),
    looksAt: ({ kind, params }) => attempt(() => jobs.find(kind)?.looksAt?.(params as never)),
    standing: (view) => attempt(() => jobs.find(view.job.kind)?.stands?.(view)) ?? null,
  })
}
