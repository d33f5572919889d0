import { randomUUID } from 'node:crypto'
import type { HostAddress } from '../../../src/ports/host.ts'
import type { Lab } from '../../support/lab.ts'

/** The lab as a host of a plan; each call is another attempt of another step. */
export function hostOfLab(lab: Lab, more: Partial<HostAddress> = {}): HostAddress & { readonly once: string } {
  const { ssh } = lab
  if (ssh === undefined) throw new Error('the lab has no sshd')
  const { destination, identity, knownHosts } = ssh
  return { name: 'app1', ssh: destination, identity, knownHosts, become: [], once: `test-${randomUUID()}`, ...more }
}
