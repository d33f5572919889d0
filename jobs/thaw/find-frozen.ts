import type { RecoveryPlan } from '../../src/domain/recovery-plan.ts'
import type { JobView } from '../../src/domain/view.ts'
import type { StoreReader } from '../../src/ports/reader.ts'
import { freezeParams, heldRecord, stoppedRecord } from '../freeze/params.ts'

export interface Frozen {
  readonly freezes: string[]
  readonly services: string[]
  readonly databases: string[]
}

/** More freezes of one system without a thaw between them do not happen. */
const lookBack = 50

/**
 * What freezes of a system have stopped since its last thaw, from their records: also of one that failed in the
 * middle. Records are written before each effect, so nothing that was stopped is missing.
 */
export async function findFrozen(
  store: StoreReader,
  of: { readonly incident: number; readonly system: string; readonly plan: RecoveryPlan },
): Promise<Frozen> {
  const { system, plan } = of
  const target = `freeze:${system}`
  const [succeeded, here, thaws] = await Promise.all([
    store.listSucceededJobs('freeze', target, lookBack),
    store.viewIncident(of.incident),
    store.listSucceededJobs('thaw', target, 1),
  ])
  const since = thaws[0]?.job.finishedAt ?? ''
  const all = new Map<string, JobView>()
  for (const view of [...succeeded, ...(here?.jobs ?? [])]) all.set(view.job.id, view)
  const freezes = [...all.values()].filter(
    ({ job }) =>
      job.kind === 'freeze' && freezeParams.safeParse(job.params).data?.system === system && job.requestedAt > since,
  )
  const named = (prefix: string) => [...new Set(freezes.flatMap((view) => listRecords(view, prefix)))]
  const tierOf = (name: string) => plan.systems[name]?.tier ?? 1
  return {
    freezes: freezes.map(({ job }) => job.id),
    services: named(stoppedRecord).sort((one, other) => tierOf(one) - tierOf(other)),
    databases: named(heldRecord),
  }
}

function listRecords({ steps }: JobView, prefix: string): string[] {
  return steps
    .flatMap((step) => Object.keys(step.records))
    .filter((name) => name.startsWith(prefix))
    .map((name) => name.slice(prefix.length))
}
