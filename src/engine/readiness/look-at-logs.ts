import { bad, badBy, cannotLook, good, type ReadinessProbe, type Seen, untold } from './reach.ts'

/** Each log is where the plan says. One that nobody has written yet is bad too: on the night nobody could tell. */
export const lookAtLogs: ReadinessProbe = async (reach) => {
  return Promise.all(
    Object.entries(reach.plan.logs).map(async ([name, log]): Promise<Seen> => {
      const { tools } = reach
      if (!tools) return cannotLook(name)
      if (log.host !== undefined) return untold(name, `is on ${log.host}`, 'Look at it there.')
      if (log.path === undefined)
        return untold(name, log.unit ?? log.argv?.join(' ') ?? 'nowhere', 'Look at it by hand.')
      try {
        const found = await tools.programs.look(reach.resolvePath(log.path))
        if (found === null)
          return bad(
            name,
            `${log.path} is not there, or may not be seen`,
            'Correct the path, or let the migration write once.',
          )
        if (!found.readable || found.folder)
          return bad(
            name,
            found.folder ? `${log.path} is a folder` : `${log.path} may not be read`,
            'Let the account of the worker read the file.',
          )
        return good(name, `${(found.bytes / 1e6).toFixed(1)} MB`)
      } catch (thrown) {
        return badBy(name, thrown)
      }
    }),
  )
}
