import { afterEach, describe, expect, it } from 'vitest'
import { writeLink } from '../../src/domain/chain.ts'
import { SalvorError } from '../../src/domain/errors/fail.ts'
import { runSql, type TestDatabase } from '../support/postgres.ts'
import { openSharedScene, type SharedScene } from '../support/shared-scene.ts'
import { makeStoreRoles } from '../support/store-roles.ts'

let scene: SharedScene | undefined
afterEach(() => scene?.world.close())

/** Says with the worker's role that the first approval was used, in the words of somebody who knows how. */
async function tellUse({ world }: SharedScene, worker: string, job: string): Promise<void> {
  const [head] = await runSql(world.database.url, 'SELECT head_no, head_hash FROM salvor.incidents WHERE number = 1')
  const { head_no: no, head_hash: prevHash } = head as { head_no: string; head_hash: string }
  const data = { approval: `${job}/a1`, code: 'x' }
  const said = { type: 'approval_used', job, actor: 'salvor', data, at: new Date().toISOString() }
  await runSql(worker, 'SELECT salvor.append($1)', [writeLink({ incident: 1, no: Number(no) + 1, ...said, prevHash })])
}

describe('a worker that was taken over', () => {
  let worker = ''
  const urlsOf = async (database: TestDatabase) => {
    const made = await makeStoreRoles(database)
    worker = made.worker
    return made
  }
  const startAgain = (job: string) =>
    `SELECT salvor.start_step(id, fence + 1, 'r', '${job}/a1') AS started FROM salvor.steps WHERE id = '${job}/fill'`

  async function resumeOne() {
    const of = await openSharedScene({ urlsOf })
    scene = of
    const job = await of.start()
    of.onRun = (step) => {
      if (step === 'fill') throw new SalvorError('target_full', { system: 'demo', seen: 'no space' })
    }
    await of.world.engine.approve(of.world.say('bob'), { job })
    await of.world.settle()
    return { of, job }
  }

  it('does not make an approval stand again by telling its use once more', async () => {
    const { of, job } = await resumeOne()
    await of.world.engine.resume(of.world.say('alice'), job)
    await expect(tellUse(of, worker, job)).rejects.toThrow(/a worker does not tell it again/)
    expect(await runSql(of.world.database.url, startAgain(job))).toEqual([{ started: false }])
  })

  it('nor by telling it late for the first time', async () => {
    const { of, job } = await resumeOne()
    const forget = `SET session_replication_role = replica; DELETE FROM salvor.events WHERE type = 'approval_used'`
    await runSql(of.world.database.url, forget)
    await of.world.engine.resume(of.world.say('alice'), job)
    await expect(tellUse(of, worker, job)).rejects.toThrow(/a worker does not tell it again/)
  })

  it('nor where it had told it twice before the store knew better', async () => {
    const { of, job } = await resumeOne()
    await of.world.engine.resume(of.world.say('alice'), job)
    // The store's owner is not held to what a worker may.
    await tellUse(of, of.world.database.url, job)
    expect(await runSql(of.world.database.url, startAgain(job))).toEqual([{ started: false }])
  })
})
