import { basename } from 'node:path'
import type { LogAnalysis, LogSource } from '../../domain/log-analysis.ts'
import type { LogFiles } from '../../ports/log-files.ts'
import type { LogTools } from '../../ports/log-tools.ts'
import type { ToolRunner } from '../../ports/tool-runner.ts'
import { createLogAnalyser, type LogAnalyser } from '../analyse.ts'
import type { LogNote } from '../reader/log-piece.ts'
import { readLog } from '../reader/read-log.ts'
import { cutWindow, type Window } from './cut-window.ts'
import { createLineMap, type LineMap } from './line-map.ts'
import { findParts, findProgram, mustBeHere } from './open-source.ts'
import { createLineTime } from './read-line-time.ts'
import { printLog } from './run-program.ts'
import { type Redact, writeAnalysis } from './write-analysis.ts'

export interface LogHands {
  readonly files: LogFiles
  readonly run: ToolRunner
  readonly redact: Redact
  /** Leaves values of rows where the plan shows them; credentials never. */
  readonly redactShowingRows: Redact
  readonly now: () => number
}

type Asked = Parameters<LogTools['analyse']>[0]

const newline = Buffer.from('\n')
/** What stands where a program printed something that is not UTF-8. */
const lost = Buffer.from('\ufffd')

/** See the port. Memory is bounded whatever the log holds; the worker's other work goes on between two pieces. */
export async function analyseNamedLog(hands: LogHands, asked: Asked): Promise<LogAnalysis> {
  mustBeHere(asked.log)
  const since = asked.since === undefined ? null : Date.parse(asked.since)
  const windowed = await readThrough(hands, asked, since)
  if (since === null || windowed.sawTime || windowed.lines > 0) return windowed.write([])
  // No line said when it was written: rather all of it than nothing.
  const whole = await readThrough(hands, asked, null)
  return { ...whole.write(['Its lines bear no time that can be read, so all of it was analysed.']), isTimeless: true }
}

/** What analyses of this log may show. */
export function chooseRedact({ redact, redactShowingRows }: LogHands, { rowData }: LogSource): Redact {
  return rowData === 'shown' ? redactShowingRows : redact
}

async function readThrough(hands: LogHands, asked: Asked, since: number | null) {
  const { log } = asked
  const until = asked.until === undefined ? null : Date.parse(asked.until)
  const written = log.path === undefined ? undefined : (await hands.files.find(log.path))?.modifiedAt
  // A log that ended three days ago has no time of today, though its lines may bear only a clock.
  const readTime = createLineTime(asked.timezone, Math.min(hands.now(), written ?? Number.POSITIVE_INFINITY))
  const window = cutWindow({ since, until, readTime })
  const analyser = createLogAnalyser()
  const map = createLineMap()
  const reading = { asked, window, analyser, map }
  const { path } = log
  const { sources, bytes, notes, unread } =
    path === undefined ? await readProgram(hands, reading) : await readFiles(hands, reading, { ...log, path }, since)
  const found = analyser.finish()
  return {
    sawTime: window.sawTime(),
    lines: found.lines,
    write: (more: readonly string[]) =>
      writeAnalysis(found, {
        ...{ log: log.name, sources, bytes, unread },
        since: since === null ? null : (asked.since ?? null),
        until: asked.until ?? null,
        notes: [...notes, ...more],
        showsRows: log.rowData === 'shown',
        redact: chooseRedact(hands, log),
        locate: map.locate,
      }),
  }
}

interface Reading {
  readonly asked: Asked
  readonly window: Window
  readonly analyser: LogAnalyser
  readonly map: LineMap
}

async function readFiles(
  { files }: LogHands,
  { asked, window, analyser, map }: Reading,
  log: LogSource & { readonly path: string },
  since: number | null,
) {
  const parts = await findParts(files, log, since)
  const notes: string[] = []
  let bytes = 0
  let unread = 0
  // Lines of the files before this one: the analyser counts through, and tells its lines only at the end.
  let lines = 0
  for (const path of parts.paths) {
    const skippedBefore = window.skipped()
    map.begin(basename(path), lines)
    let last: Buffer | undefined
    const take = (pieces: readonly Buffer[]) => {
      for (const passed of pieces) {
        analyser.push(passed)
        if (path !== log.path) lines += countNewlines(passed)
        last = passed
      }
    }
    for await (const piece of readLog(files, path)) {
      asked.signal.throwIfAborted()
      if ('note' in piece) {
        notes.push(sayNote(piece.note))
        unread += piece.note.lines ?? 0
        continue
      }
      bytes += piece.bytes.length
      take(window.push(piece.bytes))
      asked.onProgress?.({ bytes, total: parts.bytes })
      if (window.isOver()) break
    }
    take(window.endFile())
    map.skip(window.skipped() - skippedBefore)
    if (path === log.path || last === undefined) continue
    if (last.at(-1) === newline[0]) continue
    analyser.push(newline)
    lines += 1
  }
  return { sources: parts.paths.map((path) => basename(path)), bytes, notes, unread }
}

async function readProgram({ run, redact }: LogHands, { asked, window, analyser, map }: Reading) {
  const { log, since = null, until = null, signal } = asked
  const argv = findProgram(log, { since, until, follows: false })
  const source = log.unit ?? basename(argv[0] ?? '')
  map.begin(source, 0)
  let bytes = 0
  let unread = 0
  const { isCut } = await printLog(run, { log: log.name, argv, signal, redact }, (line) => {
    bytes += line.length
    if (line.includes(lost)) unread += 1
    for (const passed of window.push(line)) analyser.push(passed)
    asked.onProgress?.({ bytes, total: null })
    return !window.isOver()
  })
  map.skip(window.skipped())
  const notes = [
    ...(isCut ? ['It is longer than 1 GiB: the rest was left out.'] : []),
    ...(unread > 0 ? [`${unread} lines of it are not UTF-8: what they say could not be read in full.`] : []),
  ]
  return { sources: [source], bytes, notes, unread }
}

function countNewlines(bytes: Buffer): number {
  let count = 0
  for (let at = bytes.indexOf(newline); at >= 0; at = bytes.indexOf(newline, at + 1)) count += 1
  return count
}

/** What happened to a log, for people. */
export function sayNote({ kind, path, mayMissLines, encodings = [], lines = 0 }: LogNote): string {
  const what = {
    rotated: 'was rotated',
    truncated: 'was emptied',
    copytruncated: 'was copied away and emptied',
    too_long: 'is too long when unpacked: its rest was left out',
    unreadable: 'could not be read or unpacked to its end',
    recoded: `is not UTF-8: it was read as ${encodings.map((name) => name.toUpperCase()).join(', ')}`,
    undecoded: `has ${lines} lines in an encoding that is not known: what they say could not be read`,
  }[kind]
  const isMissing = mayMissLines && (kind === 'truncated' || kind === 'copytruncated')
  return `${basename(path)} ${what}${isMissing ? '; lines in between may be missing' : ''}.`
}
