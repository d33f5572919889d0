import type { Instead } from '../../src/domain/cards/job-words.ts'
import type { Failure } from '../../src/domain/step.ts'
import type { JobView } from '../../src/domain/view.ts'
import { verifyParams } from './params.ts'

/** What was found is on record and stays: only another look tells how the database is by now. */
export function helpVerify({ job }: JobView, { code }: Failure): Instead | null {
  const params = verifyParams.safeParse(job.params).data
  if (code !== 'live_differs' || params === undefined) return null
  const { system, against, table, deep } = params
  const flags = [
    ...(against === undefined ? [] : [`--against ${quote(against)}`]),
    ...(table === undefined ? [] : [`--table ${quote(table)}`]),
    ...(deep === true ? ['--deep'] : []),
  ]
  const command = ['verify', system, ...flags].join(' ')
  return { offers: [{ verb: 'Verify', rest: `${system} again`, command }], retry: false }
}

/** As a person would type it. */
function quote(value: string): string {
  return /\s/.test(value) ? `"${value}"` : value
}
