import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { approvalMoves } from '../../src/domain/approval.ts'
import { jobMoves } from '../../src/domain/job.ts'
import { runMoves, runStepMoves } from '../../src/domain/run.ts'
import { stepMoves, stepStates } from '../../src/domain/step.ts'
import { createEngineWorld, type EngineWorld } from '../support/engine-world.ts'

let world: EngineWorld

beforeAll(async () => {
  world = await createEngineWorld()
})

afterAll(() => world.close())

function list(thing: string, moves: Record<string, readonly string[]>): string[] {
  return Object.entries(moves).flatMap(([from, tos]) => tos.map((to) => `${thing}: ${from} → ${to}`))
}

describe('the database', () => {
  it('knows exactly the moves that the domain knows', async () => {
    const { rows } = await world.pool.query('SELECT thing, from_state, to_state FROM salvor.legal_moves')
    const kept = rows.map((row) => `${row.thing}: ${row.from_state} → ${row.to_state}`)
    const known = {
      jobs: jobMoves,
      steps: stepMoves,
      approvals: approvalMoves,
      runs: runMoves,
      run_steps: runStepMoves,
    }
    expect(kept.toSorted()).toEqual(
      Object.entries(known)
        .flatMap(([thing, moves]) => list(thing, moves))
        .toSorted(),
    )
  })

  it('refuses every move of a step that is in no table', async () => {
    await world.engine.requestJob(world.say('alice'), {
      incident: world.incident.number,
      kind: 'demo',
      params: { target: 'orders' },
      words: 'demo orders',
    })
    await world.settle()
    let tried = 0
    for (const from of stepStates) {
      for (const to of stepStates) {
        await world.pool.query('ALTER TABLE salvor.steps DISABLE TRIGGER steps_move')
        await world.pool.query(`UPDATE salvor.steps SET state = $1 WHERE id = 'demo-1/make'`, [from])
        await world.pool.query('ALTER TABLE salvor.steps ENABLE TRIGGER steps_move')
        const move = world.pool.query(`UPDATE salvor.steps SET state = $1 WHERE id = 'demo-1/make'`, [to])
        if (from === to || stepMoves[from].includes(to)) await move
        else await expect(move).rejects.toThrow(/may not move/)
        tried += 1
      }
    }
    expect(tried).toBe(stepStates.length ** 2)
  })
})
