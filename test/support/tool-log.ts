import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { inject } from 'vitest'

/** One invocation as the tool itself saw it. `pid` is the number inside the tool's own pid namespace. */
export type Invocation = { tool: string; pid: number; at: Date; argv: string[] }

/** Tools that are counted where they are started. */
export type RecordedTool = 'pg_restore' | 'pg_dump' | 'systemctl'

/**
 * An environment in which pg_restore, pg_dump and systemctl are written down before they run, whoever starts them.
 * `realPath` is where the real ones are searched: default PostgreSQL's folder, then PATH; put a lab's folder in front.
 */
export function recordTools(options: { realPath?: readonly string[] } = {}): {
  env: { PATH: string; REAL_PATH: string; TOOL_LOG: string }
  invocations: (tool?: RecordedTool) => Invocation[]
} {
  const TOOL_LOG = join(inject('runFolder'), `tools-${randomBytes(4).toString('hex')}.jsonl`)
  const REAL_PATH = [...(options.realPath ?? []), inject('postgresBin'), process.env.PATH ?? ''].join(delimiter)
  const wrappers = fileURLToPath(new URL('fixtures/bin', import.meta.url))
  const invocations = (tool?: RecordedTool) =>
    readInvocations(TOOL_LOG).filter((one) => tool === undefined || one.tool === tool)
  return { env: { PATH: [wrappers, REAL_PATH].join(delimiter), REAL_PATH, TOOL_LOG }, invocations }
}

function readInvocations(log: string): Invocation[] {
  if (!existsSync(log)) return []
  return readFileSync(log, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const { tool, pid, seconds, argv } = JSON.parse(line) as Record<string, string>
      const words = Buffer.from(argv ?? '', 'base64')
        .toString('utf8')
        .split('\0')
        .slice(0, -1)
      return { tool: tool ?? '', pid: Number(pid), at: new Date(Number(seconds) * 1000), argv: words }
    })
}
