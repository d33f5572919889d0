import { type ReadinessArea, type ReadinessFinding, readinessAreas } from '../../domain/readiness.ts'
import { lookAtBackups } from './look-at-backups.ts'
import { lookAtDatabases } from './look-at-databases.ts'
import { lookAtHosts } from './look-at-hosts.ts'
import { lookAtLogs } from './look-at-logs.ts'
import { lookAtPeople } from './look-at-people.ts'
import { lookAtPrograms } from './look-at-programs.ts'
import { lookAtServices } from './look-at-services.ts'
import { lookAtTools } from './look-at-tools.ts'
import { lookAtWorkers } from './look-at-workers.ts'
import { type ReadinessProbe, type ReadinessReach, untold } from './reach.ts'

/** One probe an area. */
const probes: Readonly<Record<ReadinessArea, ReadinessProbe>> = {
  tools: lookAtTools,
  workers: lookAtWorkers,
  databases: lookAtDatabases,
  backups: lookAtBackups,
  services: lookAtServices,
  hosts: lookAtHosts,
  logs: lookAtLogs,
  programs: lookAtPrograms,
  people: lookAtPeople,
}

/** Looks at everything that the plan will need, changing nothing. A probe that fails is a finding itself. */
export async function checkReadiness(reach: ReadinessReach): Promise<ReadinessFinding[]> {
  const found = await Promise.all(
    readinessAreas.map(async (area) => {
      const seen = await probes[area](reach).catch((thrown: unknown) => {
        const said = thrown instanceof Error ? thrown.message : String(thrown)
        return [untold(area, said, 'Ask again; if it stays, look at the log of this process.')]
      })
      return seen.map((one) => ({ area, ...one }))
    }),
  )
  return found.flat()
}
