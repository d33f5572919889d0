import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** How to reach a lab by ssh: host key checking stays on, as in production. */
export type LabSsh = { destination: string; address: string; identity: string; knownHosts: string }

/** The unit that answers on an address of the loopback network which only this lab uses. */
export const SSHD_UNIT = `[Service]
ExecStartPre=/bin/mkdir -p /run/sshd
ExecStart=/usr/sbin/sshd -D -e -f /etc/lab-ssh/sshd_config
`

/** Makes keys and the server's configuration under `home`/etc/lab-ssh, which the lab sees as /etc/lab-ssh. */
export function writeSshd(home: string, address: string): LabSsh {
  const server = join(home, 'etc', 'lab-ssh')
  mkdirSync(server, { recursive: true, mode: 0o700 })
  const identity = join(home, 'id')
  makeKey(identity)
  makeKey(join(server, 'host_key'))
  cpSync(`${identity}.pub`, join(server, 'id.pub'))
  const config = [
    `ListenAddress ${address}:22`,
    'HostKey /etc/lab-ssh/host_key',
    'UsePAM no',
    'PasswordAuthentication no',
    'PermitRootLogin prohibit-password',
    'MaxStartups 100',
    'Subsystem sftp internal-sftp',
  ]
  writeFileSync(join(server, 'sshd_config'), `${config.join('\n')}\n`)
  const [type, key] = readFileSync(join(server, 'host_key.pub'), 'utf8').split(' ')
  const knownHosts = join(home, 'known_hosts')
  writeFileSync(knownHosts, `${address} ${type} ${key}\n`)
  return { destination: `root@${address}`, address, identity, knownHosts }
}

function makeKey(path: string): void {
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'lab', '-f', path])
}
