import { SalvorError } from '../../domain/errors/fail.ts'
import type { ToolResult } from '../../ports/tool-runner.ts'

const EXCERPT_LINES = 8

/** What pg_dump's last words mean, as an error of the catalogue. */
export function explainDumpFailure(result: ToolResult, system: string): SalvorError {
  const lines = result.stderrTail.split('\n').filter((line) => line !== '')
  const errors = lines.filter((line) => /error:|FATAL:|ERROR:/.test(line))
  const seen = (errors[0] ?? lines.at(-1) ?? `exit code ${result.exitCode}`).replace(/^pg_dump: (error: )?/, '')
  const excerpt = (errors.length > 0 ? errors : lines).slice(-EXCERPT_LINES).join('\n')
  if (/server closed the connection|terminating connection|connection to server was lost/.test(result.stderrTail)) {
    return new SalvorError('target_lost', { system, seen }, { excerpt })
  }
  return new SalvorError('dump_failed', { seen }, { excerpt })
}
