import { SalvorError } from '../../domain/errors/fail.ts'
import type { HostAddress } from '../../ports/host.ts'
import type { ToolResult } from '../../ports/tool-runner.ts'
import { quoteArgv } from './quote-argv.ts'

/** Seconds until a machine that does not answer counts as away. */
const CONNECT_SECONDS = 10

/** What a client says by itself with exit code 255; a remote command may end with 255 as well. */
const CLIENT_WORDS =
  /^(?:ssh:|kex_|Connection |Host key |No \S+ host key|client_loop|Timeout, server|@@@|.*: Permission denied \()/m

/**
 * argv that runs a command on a host. Keys are pinned, nobody is asked, nothing is forwarded; addresses and jump hosts
 * of the account's own configuration stay.
 */
export function sshArgv(host: HostAddress, argv: readonly string[]): string[] {
  const settings = [
    'BatchMode=yes',
    'StrictHostKeyChecking=yes',
    `UserKnownHostsFile=${host.knownHosts}`,
    'GlobalKnownHostsFile=/dev/null',
    'UpdateHostKeys=no',
    'VerifyHostKeyDNS=no',
    'ForwardAgent=no',
    'ForwardX11=no',
    'ClearAllForwardings=yes',
    'PermitLocalCommand=no',
    'ControlMaster=no',
    'ControlPath=none',
    'RequestTTY=no',
    `ConnectTimeout=${CONNECT_SECONDS}`,
    'ServerAliveInterval=5',
    'ServerAliveCountMax=3',
    'LogLevel=ERROR',
    ...(host.identity === undefined ? [] : ['IdentitiesOnly=yes', `IdentityFile=${host.identity}`]),
  ]
  return ['ssh', '-n', ...settings.flatMap((one) => ['-o', one]), '--', host.ssh, quoteArgv(argv)]
}

/** Why the client could not reach the host; undefined where it did, whatever the command there said. */
export function findSshFault(host: HostAddress, result: ToolResult): SalvorError | undefined {
  const { exitCode, stderrTail } = result
  if (exitCode !== 255 || !CLIENT_WORDS.test(stderrTail)) return undefined
  const seen = lastLine(stderrTail)
  if (/host key|IDENTIFICATION HAS CHANGED/i.test(stderrTail))
    return new SalvorError('host_key', { host: host.name, seen })
  if (/Permission denied/.test(stderrTail)) return new SalvorError('host_refuses', { host: host.name, seen })
  return new SalvorError('host_away', { host: host.name, seen })
}

function lastLine(text: string): string {
  return text.trimEnd().split('\n').at(-1)?.trim() ?? ''
}
