import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ProcedureStep } from '../../src/domain/procedure.ts'
import type { PlanText } from '../../src/domain/recovery-plan.ts'
import { listDependants } from '../../src/domain/run-graph.ts'
import { planned } from '../support/arbitrary-procedures.ts'

let cases = 0
const check = <T>(arbitrary: fc.Arbitrary<T>, work: (value: T) => void, numRuns = 600) =>
  fc.assert(
    fc.property(arbitrary, (value) => {
      cases += 1
      work(value)
    }),
    { numRuns },
  )

const tierOf = (plan: PlanText, { system }: ProcedureStep) => plan.systems[system ?? '']?.tier ?? 1

describe('the graph of a procedure', () => {
  it('has no circle, and every step of it can be reached', () => {
    check(planned, ({ steps, graph }) => {
      const done = new Set<number>()
      for (;;) {
        const next = steps.filter(
          ({ position }) => !done.has(position) && (graph.get(position) ?? []).every((one) => done.has(one)),
        )
        if (next.length === 0) break
        for (const { position } of next) done.add(position)
      }
      expect(done.size).toBe(steps.length)
    })
  })

  it('keeps the order of one system, of what is needed, of tiers and of barriers', () => {
    check(planned, ({ plan, steps, graph }) => {
      for (const one of steps) {
        const waits = listDependantsOf(graph, one.position)
        for (const other of steps.filter(({ position }) => position > one.position)) {
          const needs = plan.systems[other.system ?? '']?.needs.includes(one.system ?? '-') ?? false
          const barrier = one.system === null || other.system === null
          if (barrier || needs || one.system === other.system || tierOf(plan, one) < tierOf(plan, other))
            expect(tierOf(plan, one) > tierOf(plan, other) || waits.has(other.position)).toBe(true)
        }
      }
    })
  })

  it('lets steps of one tier that have nothing to do with each other run side by side', () => {
    check(planned, ({ plan, steps, graph }) => {
      for (const [index, one] of steps.entries()) {
        const other = steps[index + 1]
        if (!other || one.system === null || other.system === null || one.system === other.system) continue
        if (tierOf(plan, one) !== tierOf(plan, other) || needsThroughOthers(plan, other.system, one.system)) continue
        expect(graph.get(other.position)).not.toContain(one.position)
      }
    })
    process.stdout.write(`${cases} procedures were generated\n`)
  })
})

function listDependantsOf(graph: Map<number, readonly number[]>, position: number): ReadonlySet<number> {
  return listDependants(graph, [position])
}

function needsThroughOthers(plan: PlanText, from: string, to: string): boolean {
  return (plan.systems[from]?.needs ?? []).some((need) => need === to || needsThroughOthers(plan, need, to))
}
