import type { PlanRemedy } from '../../domain/recovery-plan.ts'
import { bad, badBy, good, listDatabases, type ReadinessReach, type Seen, untold } from './reach.ts'

/** Every remedy is read and taken apart as a fix would: a file that is missing or says COMMIT is found by day. */
export async function lookAtRemedies(reach: ReadinessReach): Promise<Seen[]> {
  const remedies = listDatabases(reach.plan).flatMap(({ of }) => of.remedies)
  return Promise.all(remedies.map((remedy) => lookAtOne(reach, remedy)))
}

async function lookAtOne({ tools, resolvePath }: ReadinessReach, remedy: PlanRemedy): Promise<Seen> {
  const subject = `remedy ${remedy.name}`
  const { sql, undo, argv } = remedy
  const said = sql ?? argv?.[0] ?? ''
  if (!tools) return untold(subject, said, 'Ask on a worker: salvor plan check.')
  if (sql === undefined) {
    if (tools.programs.find(said) !== null) return good(subject, said)
    return bad(subject, `${said} is not there, or may not be executed`, 'Correct the plan, or install it.')
  }
  try {
    let count = 0
    for (const text of [sql, undo]) {
      if (text === undefined) continue
      const isFile = /^\S+\.sql$/.test(text)
      const { statements } = await tools.remedies.readSql(isFile ? { path: resolvePath(text) } : { text })
      count += statements.length
    }
    return good(subject, `${count} statements, ${undo === undefined ? 'without' : 'with'} a way back`)
  } catch (thrown) {
    return badBy(subject, thrown)
  }
}
