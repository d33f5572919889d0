import { type OpenSalvor, say } from '../job/open-salvor.ts'

/** Seconds of creating and of loading, those of the tool inside, and the side database that was made. */
export interface TimedLoad {
  readonly create: number
  readonly load: number
  readonly tool: number
  readonly side: string
}

/** A restore job up to its load step, then that step in its runner process. */
export async function timeLoadStep(salvor: OpenSalvor): Promise<TimedLoad> {
  const id = await salvor.request('restore', { system: 'orders-db', backup: 'latest' })
  let create = Number.NaN
  for (;;) {
    const { step, seconds } = await salvor.advance(id)
    if (step === 'create') create = seconds
    if (step !== 'load') continue
    const output = await readLoaded(salvor, id)
    await salvor.engine.stop(say(), id)
    await salvor.advance(id)
    return { create, load: seconds, ...output }
  }
}

async function readLoaded({ core }: OpenSalvor, id: string): Promise<{ tool: number; side: string }> {
  const output = (await core.store.viewJob(id))?.steps.find((one) => one.name === 'load')
  if (output?.state !== 'done') throw new Error(`the load is ${output?.state}: ${JSON.stringify(output?.failure)}`)
  const { seconds, side } = output.output as { seconds: number; side: string }
  return { tool: seconds, side }
}
