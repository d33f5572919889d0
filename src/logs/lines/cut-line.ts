/** Bytes of a line that are kept: its head and its tail, half each. */
export const lineCap = 64 * 1024
const half = lineCap / 2
const cut = Buffer.from(' [...] ', 'latin1')

/** A line's bytes as latin1, one character a byte; of a longer one head and tail. */
export function cutLine(line: Buffer): string {
  if (line.length <= lineCap + cut.length) return line.toString('latin1')
  return `${line.toString('latin1', 0, half)}${cut.toString('latin1')}${line.toString('latin1', line.length - half)}`
}

/** More of a line that has not ended yet: never holds more than the cap, whatever comes. Copies what it keeps. */
export function joinCut(begun: Buffer, more: Buffer): Buffer {
  const length = begun.length + more.length
  if (length <= lineCap) return Buffer.concat([begun, more])
  const head =
    begun.length >= half ? begun.subarray(0, half) : Buffer.concat([begun, more.subarray(0, half - begun.length)])
  const tail =
    more.length >= half ? more.subarray(more.length - half) : Buffer.concat([begun, more]).subarray(length - half)
  return Buffer.concat([head, cut, tail])
}
