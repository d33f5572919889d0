import { mkdtempSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inject } from 'vitest'
import type { LogAnalysis, LogSource } from '../../../src/domain/log-analysis.ts'
import { createLogTools } from '../../../src/logs/index.ts'
import type { LogTools } from '../../../src/ports/log-tools.ts'
import { createRedactor } from '../../../src/tools/redact.ts'
import { createToolRunner } from '../../../src/tools/start-tool.ts'

/** A value that this Salvor knows as secret. */
export const knownSecret = 'correct-horse-battery'

export function labTools(): LogTools {
  return createLogTools({
    run: createToolRunner(),
    redact: createRedactor([knownSecret]),
    redactShowingRows: createRedactor([knownSecret], { rowData: 'shown' }),
  })
}

/** A folder of its own with these files, gone with the run. */
export function layFiles(files: { readonly [name: string]: string | Buffer }): (name: string) => string {
  const folder = mkdtempSync(join(inject('runFolder'), 'logs-'))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  return (name) => join(folder, name)
}

export function analyse(
  log: Partial<LogSource>,
  more: Partial<Parameters<LogTools['analyse']>[0]> = {},
): Promise<LogAnalysis> {
  return labTools().analyse({
    log: { name: 'migration', rowData: 'hidden', ...log },
    timezone: 'Asia/Seoul',
    signal: AbortSignal.timeout(20_000),
    ...more,
  })
}
