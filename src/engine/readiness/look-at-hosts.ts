import { bad, badBy, cannotLook, good, type ReadinessProbe, type Seen } from './reach.ts'

const CONNECT_SECONDS = 5

/** Each host answers over ssh with a key that is pinned, and without asking anybody anything. */
export const lookAtHosts: ReadinessProbe = async (reach) => {
  const seen = await Promise.all(
    Object.entries(reach.plan.hosts).map(async ([name, host]): Promise<Seen> => {
      const { tools, signal } = reach
      if (!tools) return cannotLook(name)
      try {
        const knownHosts = reach.resolvePath(host.knownHosts)
        if ((await tools.programs.look(knownHosts)) === null)
          return bad(
            name,
            `${host.knownHosts} is not there: its key is not pinned`,
            `ssh-keyscan the host, compare its fingerprint, and write it to ${host.knownHosts}.`,
          )
        const identity = host.identity === undefined ? [] : ['-i', reach.expand(host.identity)]
        const settings = [
          'BatchMode=yes',
          'StrictHostKeyChecking=yes',
          `UserKnownHostsFile=${knownHosts}`,
          `ConnectTimeout=${CONNECT_SECONDS}`,
        ]
        const argv = ['ssh', ...settings.flatMap((one) => ['-o', one]), ...identity, '--', host.ssh, 'true']
        const { exitCode, said } = await tools.programs.ask(argv, signal, 2_000 * CONNECT_SECONDS)
        return exitCode === 0 ? good(name, `${host.ssh} answers`) : bad(name, said, `Try: ssh ${host.ssh} true`)
      } catch (thrown) {
        return badBy(name, thrown)
      }
    }),
  )
  return seen.map((one) => ({ area: 'hosts', ...one }))
}
