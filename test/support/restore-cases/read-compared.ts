import { compareOutput } from '../../../jobs/verify/params.ts'
import type { PlayedCase } from './play-case.ts'

/** What the comparison of a played step's verify found. */
export function readCompared(played: PlayedCase | undefined, step: string) {
  const view = played?.outcomes.findLast((one) => one.step === step)?.view
  return compareOutput.parse(view?.steps.find((one) => one.name === 'compare')?.output)
}
