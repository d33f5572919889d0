import { basename } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { type LogGlance, tailLines } from '../../domain/log-analysis.ts'
import type { LogFiles } from '../../ports/log-files.ts'
import type { LogTools } from '../../ports/log-tools.ts'
import { createLogAnalyser } from '../analyse.ts'
import { decodeLine } from '../lines/decode-line.ts'
import { createUtf8Stage } from '../lines/to-utf8.ts'
import { followLog } from '../reader/follow-log.ts'
import { noteEncoding } from '../reader/read-log.ts'
import { chooseRedact, type LogHands, sayNote } from './analyse-log.ts'
import { findParts, findProgram, mustBeHere } from './open-source.ts'
import { redactLines } from './redact-lines.ts'
import { printLog } from './run-program.ts'
import { createTail } from './tail.ts'
import { writeAnalysis } from './write-analysis.ts'

/** Between two looks at a file that did not grow. */
const lookEveryMs = 500
const mostNotes = 5
/** Lines that are looked at to show the last ten: a key of many lines is known by its first. */
const contextLines = 100

/** See the port: a log as it grows, told as groups and counts. */
export async function followNamedLog(hands: LogHands, asked: Parameters<LogTools['follow']>[0]): Promise<LogGlance> {
  const { log, signal } = asked
  mustBeHere(log)
  const redact = chooseRedact(hands, log)
  const argv = log.path === undefined ? findProgram(log, { since: null, until: null, follows: true }) : []
  const source = log.path === undefined ? (log.unit ?? basename(argv[0] ?? '')) : basename(log.path)
  const analyser = createLogAnalyser()
  const tail = createTail(contextLines)
  const notes: string[] = []
  const stage = createUtf8Stage()
  let bytes = 0
  let isNew = true

  const take = (piece: Buffer) => {
    bytes += piece.length
    isNew = true
    for (const read of stage.push(piece)) {
      analyser.push(read)
      tail.push(read)
    }
  }
  const glance = (): LogGlance => {
    const lines = tail.lines().map((raw) => decodeLine(raw).slice(0, 2000))
    const shown = redactLines(lines, redact).slice(-tailLines)
    return {
      analysis: writeAnalysis(analyser.look(), {
        ...{ log: log.name, sources: [source], bytes, unread: stage.unread(), since: null, until: null },
        notes: [...noteEncoding(stage, source).map(sayNote), ...notes.slice(-mostNotes)],
        ...{ showsRows: log.rowData === 'shown', redact },
        // Where it began is not known: lines count from there.
        locate: (line) => ({ file: source, line }),
      }),
      tail: shown,
      leftOut: Math.max(0, tail.total() - shown.length),
    }
  }
  const show = () => {
    if (!isNew) return
    isNew = false
    asked.onGlance(glance())
  }
  const timer = setInterval(show, asked.everyMs)
  try {
    if (log.path === undefined) {
      show()
      await printLog(hands.run, { log: log.name, argv, signal, redact }, (line) => {
        take(line)
        return true
      })
    } else {
      await findParts(hands.files, { ...log, path: log.path }, null)
      const wait = () => delay(lookEveryMs, undefined, { signal }).catch(() => {})
      for await (const piece of followLog(tellOpen(hands.files, show), log.path, { from: 'end', signal, wait })) {
        if ('bytes' in piece) take(piece.bytes)
        else {
          notes.push(sayNote(piece.note))
          isNew = true
        }
      }
    }
  } catch (thrown) {
    // A program that follows ends only by being told to.
    if (!signal.aborted) throw thrown
  } finally {
    clearInterval(timer)
  }
  return glance()
}

/** The first glance comes once the log is held at its end: what is written after it is seen. */
function tellOpen(files: LogFiles, show: () => void): LogFiles {
  return {
    ...files,
    async open(path) {
      const file = await files.open(path)
      show()
      return file
    },
  }
}
