import type { LogAnalysis } from '../../src/domain/log-analysis.ts'
import { analyseNamedLog } from '../../src/logs/port/analyse-log.ts'
import type { LogFiles } from '../../src/ports/log-files.ts'
import { createRedactor } from '../../src/tools/redact.ts'

const path = '/log'

/** What Salvor would keep and show of a log of these bytes: the whole of it, redacted, as card and document are made of it. */
export function analyseBytes(bytes: Buffer): Promise<LogAnalysis> {
  return analyseNamedLog(
    {
      files: holdInMemory(bytes),
      run: { run: () => Promise.reject(new Error('a file is read, no program')) },
      redact: createRedactor([]),
      redactShowingRows: createRedactor([], { rowData: 'shown' }),
      now: Date.now,
    },
    {
      log: { name: 'log', path, rowData: 'hidden' },
      timezone: 'UTC',
      signal: new AbortController().signal,
    },
  )
}

function holdInMemory(bytes: Buffer): LogFiles {
  const state = { device: '1', inode: '1', size: bytes.length, modifiedAt: 0 }
  return {
    find: async () => state,
    open: async () => ({
      state,
      read: async (offset, length, into = Buffer.allocUnsafe(length)) =>
        into.subarray(0, bytes.copy(into, 0, offset, offset + length)),
      close: async () => {},
    }),
    listBeside: async () => [],
  }
}
