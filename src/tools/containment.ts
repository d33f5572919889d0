import { execa } from 'execa'
import { lookForProgram } from './find-program.ts'

/**
 * How a tool is kept from outliving its starter:
 * - `namespace`: a pid namespace of its own; the kernel ends every process in it, whatever it forked or called setsid.
 * - `deathsig`: the kernel ends the tool itself, a watchdog its process group.
 * - `group`: a watchdog ends its process group; works everywhere, but not against a child that leaves the group.
 */
export interface Containment {
  readonly kind: 'namespace' | 'deathsig' | 'group'
  /** argv in front of the program, with absolute paths: the tool may have another PATH. */
  readonly prefix: readonly string[]
}

const systemPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

let probed: Promise<readonly Containment[]> | undefined

/** The ways that work on this machine, the strongest first; `group` is always the last. Probed once a process. */
export function probeContainments(): Promise<readonly Containment[]> {
  probed ??= probeAll()
  return probed
}

/**
 * The strongest way for a program. A program that starts something which must live on (a service) must not have a
 * namespace: all in it ends with the program.
 */
export async function chooseContainment(mayLeaveProcesses: boolean): Promise<Containment> {
  const ways = await probeContainments()
  return ways.find((way) => !(mayLeaveProcesses && way.kind === 'namespace')) ?? group
}

const group: Containment = { kind: 'group', prefix: [] }

async function probeAll(): Promise<readonly Containment[]> {
  if (process.platform !== 'linux') return [group]
  const setpriv = lookForProgram('setpriv', systemPath)
  const unshare = lookForProgram('unshare', systemPath)
  const probe = lookForProgram('true', systemPath)
  if (setpriv === undefined || probe === undefined) return [group]
  const deathsig: Containment = { kind: 'deathsig', prefix: [setpriv, '--pdeathsig', 'KILL', '--'] }
  const namespaces = unshare === undefined ? [] : namespaceWays(deathsig.prefix, unshare)
  const works = await Promise.all([...namespaces, deathsig].map((way) => tryIt(way, probe)))
  const working = [...namespaces, deathsig].filter((_, index) => works[index])
  return [...working, group]
}

/** Without root a pid namespace needs a user namespace; the user stays who it is in there, so that files stay readable. */
function namespaceWays(deathsig: readonly string[], unshare: string): Containment[] {
  const isRoot = process.getuid?.() === 0
  const users = isRoot
    ? [[]]
    : [
        ['--user', '--map-current-user'],
        ['--user', '--map-root-user'],
      ]
  return users.map((user) => ({
    kind: 'namespace',
    prefix: [...deathsig, unshare, ...user, '--fork', '--pid', '--kill-child=KILL', '--'],
  }))
}

async function tryIt(way: Containment, probe: string): Promise<boolean> {
  const [program = probe, ...args] = [...way.prefix, probe]
  const { failed } = await execa(program, args, {
    reject: false,
    stdio: 'ignore',
    extendEnv: false,
    env: {},
    timeout: 5000,
  })
  return !failed
}
