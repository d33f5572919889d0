import { type ScryptOptions, scrypt } from 'node:crypto'
import { promisify } from 'node:util'
import type { Finding } from '../../domain/content.ts'
import { type Json, writeCanonicalJson } from '../../domain/json.ts'

const derive = promisify(scrypt) as (text: string, salt: string, bytes: number, of: ScryptOptions) => Promise<Buffer>
const [QUICK, SLOW] = [1024, 16_384]

/** So many are derived at once: as many as Node has threads for it. */
const AT_ONCE = 4

/**
 * Gives each finding a digest of all that was seen, before values are hidden or cut: what a person goes on over is
 * this one, and a changed one is another. Definitions hold secrets that people wrote into them, and the plain hash of a
 * short one is as good as the secret: hence a slow derivation. Of tables and sequences only numbers and hashes of many
 * rows are in it, so that thousands of them cost seconds and not minutes.
 */
export async function identifyFindings(findings: readonly Finding[]): Promise<Finding[]> {
  const identified: Finding[] = []
  for (let at = 0; at < findings.length; at += AT_ONCE) {
    const some = findings.slice(at, at + AT_ONCE).map(async (one) => {
      const cost = one.subject === 'table' || one.subject === 'sequence' ? QUICK : SLOW
      const bytes = await derive(writeCanonicalJson(partsOf(one)), 'salvor:finding', 32, { N: cost })
      return { ...one, identity: bytes.toString('hex') }
    })
    identified.push(...(await Promise.all(some)))
  }
  return identified
}

function partsOf({ subject, name, verdict, expected, found, why, evidence }: Finding): Json {
  // How slow it was is another figure each time.
  const is = why?.code === 'check_slow' ? null : found
  return { subject, name, verdict, expected, found: is, why: why as Json, evidence: evidence ?? null }
}
