import type { Verification } from '../../domain/content.ts'
import { SalvorError } from '../../domain/errors/fail.ts'
import type { ContentTools, TargetAddress } from '../../ports/content-tools.ts'
import type { Log } from '../../ports/log.ts'
import { chooseReader } from '../choose-reader.ts'
import { withSession } from '../postgres-session.ts'
import { createRedactor } from '../redact.ts'
import { compareAcross } from './across/index.ts'
import { compareContent, sortFindings } from './compare.ts'
import { identifyFindings } from './identify.ts'
import { keepManifest, readKeptManifest } from './kept-manifests.ts'
import { measureContent } from './measure.ts'
import { narrowTables } from './narrow.ts'
import { readProperties } from './read-properties.ts'
import { readSchema } from './read-schema.ts'
import { writeRepair } from './repair/index.ts'
import { compareRows } from './row-difference/compare-rows.ts'
import { runChecks } from './run-checks.ts'
import { makeFindingsSafe, makeVerificationSafe } from './safe-findings.ts'

/** Fingerprints, compares and counts what databases hold. Everything runs in READ ONLY transactions on the target. */
export function createContentTools(deps: {
  readonly log: Log
  /** Keys of rows are row data, and values of findings whole definitions: secrets and personal data in them go. */
  readonly redact?: (text: string) => string
}): ContentTools {
  const { log, redact = createRedactor([]) } = deps
  return {
    async measure(of) {
      const manifest = await measureContent({ ...of, target: await chooseReader(of) })
      log.info({ database: manifest.database, tables: manifest.tables.length }, 'content measured')
      return manifest
    },
    async compare(of) {
      const compared = await compareContent({ ...of, target: await chooseReader(of) })
      const whole = addChecks(compared, await runChecks({ ...of, settings: of.checksUnder }))
      const identified = of.identify === true ? { ...whole, differing: await identifyFindings(whole.differing) } : whole
      const verification = makeVerificationSafe(identified, redact)
      const { database, tables, differing, unproven } = verification
      log.info({ database, tables, differing: differing.length, unproven: unproven.length }, 'content compared')
      return verification
    },
    async runChecks(of) {
      const found = await runChecks(of)
      return makeFindingsSafe(of.identify === true ? await identifyFindings(found) : found, redact)
    },
    async narrow(of) {
      const [left, right] = [await readerOf(of, of.left), await readerOf(of, of.right)]
      const narrowed = await narrowTables({ ...of, left, right })
      return narrowed.map((one) => ({ ...one, keys: one.keys.map(redact) }))
    },
    compareRows: compareRows(redact),
    compareAcross: compareAcross(redact),
    writeRepair: writeRepair(redact),
    readSchema,
    keepManifest,
    readKeptManifest,
    async readProperties({ target, database }) {
      // Over the maintenance connection: the database itself may be closed to new connections just now.
      const options = { system: target.system, url: target.adminUrl, session: target.session }
      const properties = await withSession(options, (client) => readProperties(client, database))
      if (properties !== null) return properties
      const seen = `there is no database ${database}`
      throw new SalvorError('target_changed', { system: target.system, seen })
    },
  }
}

async function readerOf<S extends { readonly target: TargetAddress; readonly database?: string }>(
  { signal }: { readonly signal: AbortSignal },
  side: S,
): Promise<S> {
  return { ...side, target: await chooseReader({ ...side, signal }) }
}

function addChecks(
  compared: Omit<Verification, 'checks'>,
  findings: Awaited<ReturnType<typeof runChecks>>,
): Verification {
  const sorted = sortFindings(findings)
  return {
    ...compared,
    checks: { passed: findings.filter((each) => each.verdict === 'equal').length, total: findings.length },
    differing: [...compared.differing, ...sorted.differing],
    unproven: [...compared.unproven, ...sorted.unproven],
  }
}
