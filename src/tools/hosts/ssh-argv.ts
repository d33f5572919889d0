import { SalvorError } from '../../domain/errors/fail.ts'
import type { HostAddress } from '../../ports/host.ts'
import type { ToolResult } from '../../ports/tool-runner.ts'
import { lastLine } from '../last-line.ts'
import { quoteArgv } from './quote-argv.ts'

/** Seconds until a machine that does not answer counts as away. */
const CONNECT_SECONDS = 10

/**
 * What the far side writes last on its standard error, with the command's exit code. The client's own 255 and every
 * other end without it say nothing about the command: not even whether it was begun.
 */
const MARK = 'salvor-ended:'
const ended = new RegExp(`(?:^|\\n)${MARK}(\\d{1,3})\\n?$`)
const WRAP = `"$@"; code=$?; printf '\\n${MARK}%s\\n' "$code" >&2; exit "$code"`

/**
 * argv that runs a command on a host. Keys are pinned, nobody is asked, nothing is forwarded; addresses and jump hosts
 * of the account's own configuration stay.
 */
export function sshArgv(host: HostAddress, argv: readonly string[]): string[] {
  const settings = [
    // Older clients do not know the one, and some are built without the other.
    'IgnoreUnknown=KnownHostsCommand,GSSAPI*',
    'BatchMode=yes',
    'StrictHostKeyChecking=yes',
    `UserKnownHostsFile=${quotePath(host.knownHosts)}`,
    'GlobalKnownHostsFile=/dev/null',
    'KnownHostsCommand=none',
    'NoHostAuthenticationForLocalhost=no',
    'GSSAPIAuthentication=no',
    'GSSAPIDelegateCredentials=no',
    'AddKeysToAgent=no',
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
    ...(host.identity === undefined ? [] : ['IdentitiesOnly=yes', `IdentityFile=${quotePath(host.identity)}`]),
  ]
  const wrapped = quoteArgv(['sh', '-c', WRAP, 'salvor', ...argv])
  return ['ssh', '-n', ...settings.flatMap((one) => ['-o', one]), '--', host.ssh, wrapped]
}

/** OpenSSH reads `%h` and `${NAME}` in a path, and takes blanks for the ends of several. */
function quotePath(path: string): string {
  if (path.includes('${')) throw new SalvorError('host_path', { path })
  return `"${path.replaceAll('%', '%%').replaceAll('"', '\\"')}"`
}

/**
 * The command's own end; throws where none was told, whatever code the client ended with: host_key, host_refuses, or
 * host_away for every other reason.
 */
export function readEnd(host: HostAddress, result: ToolResult): ToolResult {
  const found = ended.exec(result.stderrTail)
  if (found !== null && result.killedFor === undefined)
    return { ...result, exitCode: Number(found[1]), stderrTail: result.stderrTail.slice(0, found.index) }
  const { stderrTail } = result
  if (result.killedFor === 'timeout') throw new SalvorError('host_away', { host: host.name, seen: 'timeout' })
  const seen = lastLine(stderrTail) || `exit code ${result.exitCode ?? result.signal}`
  if (/host key|IDENTIFICATION HAS CHANGED/i.test(stderrTail))
    throw new SalvorError('host_key', { host: host.name, seen })
  if (/Permission denied|Too many authentication failures/.test(stderrTail))
    throw new SalvorError('host_refuses', { host: host.name, seen })
  throw new SalvorError('host_away', { host: host.name, seen })
}
