import type { LogTools } from '../ports/log-tools.ts'
import { analyseNamedLog, type LogHands } from './port/analyse-log.ts'
import { followNamedLog } from './port/follow-live.ts'
import { readFirstTime, readLastTime } from './read-first-time.ts'
import { createLocalLogFiles } from './reader/local-files.ts'

/**
 * The reading of logs, as the rest of the house knows it. Nothing leaves it that the redactors would hide; programs
 * that print logs are started by `run`.
 */
export function createLogTools(of: Pick<LogHands, 'run' | 'redact' | 'redactShowingRows'>): LogTools {
  const hands: LogHands = { ...of, files: createLocalLogFiles(), now: Date.now }
  return {
    analyse: (asked) => analyseNamedLog(hands, asked),
    follow: (asked) => followNamedLog(hands, asked),
    readFirstTime,
    readLastTime,
  }
}
