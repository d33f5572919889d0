import { hostAddressOf } from '../host-address.ts'
import { bad, badBy, cannotLook, good, type ReadinessProbe, type Seen } from './reach.ts'

/** Each host answers over ssh with a key that is pinned, and without asking anybody anything. */
export const lookAtHosts: ReadinessProbe = async (reach) => {
  return Promise.all(
    Object.entries(reach.plan.hosts).map(async ([name, { knownHosts }]): Promise<Seen> => {
      const { tools, signal } = reach
      if (!tools) return cannotLook(name)
      try {
        const host = hostAddressOf(reach, name)
        if (host === undefined) return cannotLook(name)
        if ((await tools.programs.look(host.knownHosts)) === null)
          return bad(
            name,
            `${knownHosts} is not there: its key is not pinned`,
            `ssh-keyscan the host, compare its fingerprint, and write it to ${knownHosts}.`,
          )
        await tools.programs.reach(host, signal)
        return good(name, `${host.ssh} answers`)
      } catch (thrown) {
        return badBy(name, thrown)
      }
    }),
  )
}
