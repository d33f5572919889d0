import { scrypt } from 'node:crypto'
import { promisify } from 'node:util'
import type { Finding } from '../../domain/content.ts'
import { type Json, writeCanonicalJson } from '../../domain/json.ts'

const derive = promisify(scrypt) as (text: string, salt: string, bytes: number) => Promise<Buffer>

/**
 * Gives each finding a digest of all that was seen, before values are hidden or cut: what a person goes on over is
 * this one, and a changed one is another. Definitions hold secrets that people wrote into them, and the plain hash of a
 * short one is as good as the secret: hence a slow derivation.
 */
export async function identifyFindings(findings: readonly Finding[]): Promise<Finding[]> {
  const identified: Finding[] = []
  for (const one of findings) {
    const bytes = await derive(writeCanonicalJson(partsOf(one)), 'salvor:finding', 32)
    identified.push({ ...one, identity: bytes.toString('hex') })
  }
  return identified
}

function partsOf({ subject, name, verdict, expected, found, why, evidence }: Finding): Json {
  // How slow it was is another figure each time.
  const is = why?.code === 'check_slow' ? null : found
  return { subject, name, verdict, expected, found: is, why: why as Json, evidence: evidence ?? null }
}
