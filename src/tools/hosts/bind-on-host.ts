import { SalvorError } from '../../domain/errors/fail.ts'
import type { HostAddress } from '../../ports/host.ts'
import type { BoundFile } from '../../ports/program-tools.ts'
import type { ToolRunner } from '../../ports/tool-runner.ts'
import { splitNames } from '../bind-program.ts'
import { runOnHost } from './ask-host.ts'

const LIMIT_MS = 60_000

/** Words: pairs of an index and a name. Prints a line for each file: index, what it is, its place without links. */
const BIND = `
cd "$HOME" 2>/dev/null || cd /
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin; export PATH
set -f
follow() {
  case $2 in '') return;; */*) f=$2;; *) if [ "$1" != 0 ] && [ -f "$2" ]; then f=./$2; else f=$(command -v -- "$2" 2>/dev/null) || return 0; case $f in /*) ;; *) return 0;; esac; fi;; esac
  f=$(readlink -f -- "$f" 2>/dev/null) || return 0
  [ -f "$f" ] || return 0
  if h=$(sha256sum < "$f" 2>/dev/null) && [ -n "$h" ]; then is=sha256:\${h%% *}; else is=file:$(stat -c %d:%i:%s:%Y:%Z -- "$f"); fi
  printf '%s %s %s\\n' "$1" "$is" "$f"
  [ "$3" -lt 4 ] && [ "$(head -c 2 -- "$f" 2>/dev/null)" = '#!' ] || return 0
  line=$(head -c 256 -- "$f" | head -n 1 | cut -c3-)
  for w in $line; do case $w in -*|*=*) ;; */env) follow "$1" "$w" 4;; *) follow "$1" "$w" $(($3 + 1)); break;; esac; done
}
while [ $# -ge 2 ]; do follow "$1" "$2" 0; shift 2; done
`

/** The files that a command names on a host, by their content there. What these call in turn nobody can tell. */
export async function bindOnHost(
  run: ToolRunner,
  host: HostAddress,
  argv: readonly string[],
  signal: AbortSignal,
): Promise<BoundFile[]> {
  const pairs = argv.flatMap((text, word) => splitNames(text, word).flatMap((name) => [String(word), name]))
  const { exitCode, stdoutTail, stderrTail } = await runOnHost(run, host, {
    argv: ['sh', '-c', BIND, 'salvor', ...pairs],
    signal,
    timeoutMs: LIMIT_MS,
  })
  const lines = stdoutTail.split('\n').filter((line) => line !== '')
  const read = lines.map((line) => /^(\d+) (sha256:[0-9a-f]{64}|file:[\d:]+) (\/.*)$/.exec(line))
  if (exitCode !== 0 || read.includes(null))
    throw new SalvorError('host_unfit', {
      host: host.name,
      code: exitCode ?? 'a signal',
      seen: stderrTail.trim().slice(-300),
    })
  const files = read.map((found) => ({ word: Number(found?.[1]), path: found?.[3] ?? '', is: found?.[2] ?? '' }))
  return [...new Map(files.map((file) => [`${file.word} ${file.path}`, file])).values()]
}
