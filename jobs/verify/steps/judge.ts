import { SalvorError } from '../../../src/domain/errors/fail.ts'
import { defineStep } from '../../../src/engine/define-step.ts'
import { describeFindings, LISTED } from '../describe-findings.ts'
import { nameDocument } from '../document.ts'
import { compareOutput, type VerifyParams } from '../params.ts'

/** A database that differs is a failed verification, whatever tools and steps said on the way. */
export const judge = defineStep<VerifyParams>({
  name: 'judge',
  title: 'judge',
  risk: 'read',
  where: 'worker',
  async run(context) {
    const { database, against, differing, more } = compareOutput.parse(context.outputOf('compare'))
    if (differing.length === 0) return { proven: true }
    const seen = describeFindings(differing, {
      ...{ limit: LISTED, more: more.differing, file: nameDocument(context.job) },
    }).join('; ')
    throw new SalvorError('live_differs', { system: context.params.system, database, against, seen })
  },
})
