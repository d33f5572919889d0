import { readFileSync } from 'node:fs'
import { analyseLog } from '../../src/logs/analyse.ts'
import { createLocalLogFiles } from '../../src/logs/reader/local-files.ts'
import { readLog } from '../../src/logs/reader/read-log.ts'

// A process of its own for one analysis, so that its memory is its own: prints what it took as JSON.
const path = process.argv[2] ?? ''
const began = performance.now()
const { analysis } = await analyseLog(readLog(createLocalLogFiles(), path))
const seconds = (performance.now() - began) / 1_000
// In kilobytes. Not maxRSS: at its start a process is given that of the one that started it, here of the whole benchmark.
const [, peak = '0'] = /VmHWM:\s+(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8')) ?? []
const peakMb = (Number(peak) * 1_024) / 1e6
process.stdout.write(JSON.stringify({ seconds, peakMb, lines: analysis.lines, root: analysis.root?.label ?? null }))
