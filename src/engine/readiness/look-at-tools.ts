import {
  bad,
  cannotLook,
  good,
  listDatabases,
  listServices,
  type ReadinessProbe,
  type ReadinessReach,
} from './reach.ts'

/** Debian's package of each tool, for people whose machine lacks it. */
const packages: Readonly<Record<string, string>> = {
  pg_dump: 'postgresql-client',
  pg_restore: 'postgresql-client',
  pgbackrest: 'pgbackrest',
  ssh: 'openssh-client',
  systemctl: 'systemd',
}

/** The tools that this plan will need are there. Whether they fit the servers is asked with the databases. */
export const lookAtTools: ReadinessProbe = async (reach) => {
  const { tools, signal } = reach
  return Promise.all(
    listNeeded(reach).map(async (tool) => {
      if (!tools) return cannotLook(tool)
      const version = await tools.programs.version(tool, signal)
      if (version !== null) return good(tool, version)
      const fix = `apt-get install ${packages[tool] ?? tool}, or the same of your system.`
      return bad(tool, 'is not on the PATH of this process, or does not say its version', fix)
    }),
  )
}

function listNeeded({ plan }: ReadinessReach): string[] {
  const databases = listDatabases(plan)
  const needs = (kind: string) => databases.some(({ of }) => of.backups.some((backup) => backup.kind === kind))
  return [
    ...(databases.length > 0 ? ['pg_dump', 'pg_restore'] : []),
    ...(needs('pgbackrest') ? ['pgbackrest'] : []),
    ...(Object.keys(plan.hosts).length > 0 ? ['ssh'] : []),
    ...(listServices(plan).some(({ of }) => of.unit !== undefined && of.host === undefined) ? ['systemctl'] : []),
  ]
}
