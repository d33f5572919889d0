import { basename, dirname } from 'node:path'
import type { ToolRunner } from '../../ports/tool-runner.ts'

/** tar reads one file's header; a file system that hangs must not hang the look. */
const readTimeoutMs = 10_000

/**
 * What a file has besides content, mode and owner: access lists, labels, extended attributes, by their names. Node
 * cannot ask for them; tar writes them into its header. Null where there is no way to look.
 */
export async function readAttributes(run: ToolRunner, path: string, signal: AbortSignal): Promise<string[] | null> {
  const names = new Set<string>()
  let headers = 0
  const args = ['--create', '--file=-', '--format=posix', '--acls', '--selinux', '--xattrs', '--xattrs-include=*']
  const result = await run
    .run({
      program: 'tar',
      args: [...args, `--directory=${dirname(path)}`, '--', `./${basename(path)}`],
      signal,
      timeoutMs: readTimeoutMs,
      onStdoutLine(line) {
        // Behind the second header comes the content, which may say anything.
        const [before = '', ...rest] = headers === 0 ? line.replace('ustar', '').split('ustar') : line.split('ustar')
        if (headers < 2) {
          const found = /\d+ (?:SCHILY\.(?:xattr\.)?|RHT\.)([\w.-]+)=/.exec(before)?.[1]
          if (found !== undefined) names.add(nameAttribute(found))
        }
        headers += headers === 0 ? 1 + rest.length : rest.length
      },
    })
    .catch(() => null)
  signal.throwIfAborted()
  return result?.exitCode === 0 ? [...names].sort() : null
}

function nameAttribute(name: string): string {
  if (/^acl\.|posix_acl/.test(name)) return 'its access list (ACL)'
  return name === 'security.selinux' ? 'its label (security.selinux)' : name
}
