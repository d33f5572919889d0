import { SalvorError } from '../../domain/errors/fail.ts'
import { findCurrentStep, type JobView } from '../../domain/view.ts'
import type { JobRegister } from '../define-job.ts'

/** Why trying a failed job's step again would end in the same way, as its kind says; null where it may help. */
export function whyNoRetry(view: JobView, jobs: JobRegister): SalvorError | null {
  const failure = findCurrentStep(view)?.failure
  if (view.job.state !== 'failed' || !failure) return null
  const instead = jobs.find(view.job.kind)?.instead?.(view, failure)
  if (!instead || instead.retry) return null
  const words = instead.offers.map(({ command }) => command).join('`, `')
  return new SalvorError('retry_same', { job: view.job.id, instead: words })
}
