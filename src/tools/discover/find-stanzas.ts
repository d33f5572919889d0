import { z } from 'zod'
import type { Discovery } from '../../domain/discovery.ts'
import type { ToolRunner } from '../../ports/tool-runner.ts'
import { lastLine } from '../last-line.ts'

const TIMEOUT_MS = 30_000
const stanzaList = z.array(z.object({ name: z.string(), backup: z.array(z.unknown()).default([]) }))

/** Stanzas of pgBackRest on this machine and how many backups each has. Throws `tool_missing` without pgBackRest. */
export async function findStanzas(run: ToolRunner): Promise<Discovery['stanzas']> {
  const signal = AbortSignal.timeout(TIMEOUT_MS)
  const result = await run.run({ program: 'pgbackrest', args: ['info', '--output=json'], signal })
  if (result.exitCode !== 0) throw new Error(lastLine(result.stderrTail) || 'pgbackrest did not answer')
  return stanzaList.parse(JSON.parse(result.stdoutTail)).map(({ name, backup }) => ({ name, backups: backup.length }))
}
