import { analyseLog } from '../../src/logs/analyse.ts'
import { createLocalLogFiles } from '../../src/logs/reader/local-files.ts'
import { readLog } from '../../src/logs/reader/read-log.ts'

// A process of its own for one analysis, so that its memory is its own: prints what it took as JSON.
const path = process.argv[2] ?? ''
const began = performance.now()
const { analysis } = await analyseLog(readLog(createLocalLogFiles(), path))
const seconds = (performance.now() - began) / 1_000
// maxRSS is in kilobytes on Linux, whatever the documentation of other systems says.
const peakMb = (process.resourceUsage().maxRSS * 1_024) / 1e6
process.stdout.write(JSON.stringify({ seconds, peakMb, lines: analysis.lines, root: analysis.root?.label ?? null }))
